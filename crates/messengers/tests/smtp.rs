//! E-mails against a mail server that really speaks SMTP, over a socket.

#![allow(clippy::unwrap_used, reason = "a test stops where something is not as it must be, in its helpers too")]

use mailin::{Action, Handler, Response, SessionBuilder, response};
use messengers::Ways;
use money::{Currency, Locale};
use services::{Envelope, Messages, Notice, Recipient, SendError};
use std::{
    io::{BufRead, BufReader, Write},
    net::{IpAddr, Ipv4Addr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
};

/// A letter as it came.
#[derive(Clone, Debug, Default)]
struct Letter {
    from: String,
    to: Vec<String>,
    text: String,
}

/// What the server does with letters.
#[derive(Clone)]
struct Post {
    came: Arc<Mutex<Vec<Letter>>>,
    current: Letter,
}

impl Handler for Post {
    fn mail(&mut self, _: IpAddr, _: &str, from: &str) -> Response {
        self.current = Letter { from: from.to_owned(), ..Letter::default() };
        response::OK
    }

    fn rcpt(&mut self, to: &str) -> Response {
        self.current.to.push(to.to_owned());
        match to {
            "nobody@example.org" => response::NO_MAILBOX,
            "busy@example.org" => response::INTERNAL_ERROR,
            _ => response::OK,
        }
    }

    fn data(&mut self, line: &[u8]) -> std::io::Result<()> {
        self.current.text.push_str(&String::from_utf8_lossy(line));
        Ok(())
    }

    fn data_end(&mut self) -> Response {
        self.came.lock().unwrap().push(self.current.clone());
        response::OK
    }
}

fn serve(stream: TcpStream, post: Post) -> std::io::Result<()> {
    let mut session = SessionBuilder::new("mail.test").build(IpAddr::V4(Ipv4Addr::LOCALHOST), post);
    let (mut reader, mut writer) = (BufReader::new(stream.try_clone()?), stream);
    session.greeting().write_to(&mut writer)?;
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line)? > 0 {
        let answer = session.process(&line);
        if !matches!(answer.action, Action::NoReply) {
            answer.write_to(&mut writer)?;
            writer.flush()?;
        }
        if matches!(answer.action, Action::Close) {
            break;
        }
        line.clear();
    }
    Ok(())
}

/// A mail server on a free port; returns its address and the letters that came.
fn server() -> (String, Arc<Mutex<Vec<Letter>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let came = Arc::new(Mutex::new(Vec::new()));
    let post = Post { came: Arc::clone(&came), current: Letter::default() };
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let post = post.clone();
            std::thread::spawn(move || serve(stream, post));
        }
    });
    (url, came)
}

fn ways(url: &str) -> Arc<dyn Messages> {
    let smtp = Some((url.to_owned().into(), "南窗 <shop@example.org>".to_owned()));
    messengers::open(Ways { smtp, ..Ways::default() }).unwrap()
}

fn envelope(email: Option<&str>) -> Envelope {
    let order = ids::OrderNumber::new("C261122-7KQ4M9XW").unwrap();
    Envelope {
        id: "0190aaaa-1".to_owned(),
        way: "smtp".to_owned(),
        to: Recipient {
            name: "林知夏".to_owned(),
            phone: "+8613912345678".to_owned(),
            email: email.map(str::to_owned),
        },
        locale: Locale::Zh,
        subject: "【南窗】订单已收到".to_owned(),
        text: "您的订单已收到。\n.这一行以点开头\nhttps://shop.example/orders/C261122-7KQ4M9XW".to_owned(),
        notice: Notice::OrderPlaced { order, payable: 1, currency: Currency::CNY },
        created_at: pricing::Instant(0),
        attempt: 1,
    }
}

#[tokio::test]
async fn an_email_arrives_with_its_stable_id() {
    let (url, came) = server();
    let ways = ways(&url);
    assert_eq!(ways.ways().iter().map(|way| way.name).collect::<Vec<_>>(), ["smtp"]);
    ways.send(&envelope(Some("lin@example.com"))).await.unwrap();
    ways.send(&envelope(Some("lin@example.com"))).await.unwrap();
    let letters = came.lock().unwrap().clone();
    assert_eq!((letters.len(), letters[0].from.as_str()), (2, "shop@example.org"));
    assert_eq!(letters[0].to, ["lin@example.com"]);
    for letter in &letters {
        assert!(letter.text.contains("Message-ID: <0190aaaa-1@example.org>"), "{}", letter.text);
        assert!(letter.text.contains("Content-Type: text/plain; charset=utf-8"), "{}", letter.text);
    }
    let body = letters[0].text.split_once("\r\n\r\n").unwrap().1.replace("\r\n", "");
    assert!(body.len() > 40, "{body}");
}

#[tokio::test]
async fn what_a_server_refuses_is_sorted() {
    let (url, came) = server();
    let ways = ways(&url);
    let never = ways.send(&envelope(Some("nobody@example.org"))).await;
    assert!(matches!(never, Err(SendError::Never(_))), "{never:?}");
    let later = ways.send(&envelope(Some("busy@example.org"))).await;
    assert!(matches!(later, Err(SendError::Later(_))), "{later:?}");
    for wrong in [None, Some("no address"), Some("a@b.example\r\nBcc: all@example.org")] {
        let refused = ways.send(&envelope(wrong)).await;
        assert!(matches!(refused, Err(SendError::Never(_))), "{wrong:?}: {refused:?}");
    }
    assert!(came.lock().unwrap().is_empty());
    // Nobody listens any more.
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let gone = self::ways(&format!("smtp://{free}")).send(&envelope(Some("lin@example.com"))).await;
    assert!(matches!(gone, Err(SendError::Later(_))), "{gone:?}");
}

#[test]
fn a_way_that_can_not_be_set_up_says_why_without_the_password() {
    for (url, from) in [("ftp://u:hunter22@host", "shop@example.org"), ("smtp://u:hunter22@host", "nobody")] {
        let ways = Ways { smtp: Some((url.to_owned().into(), from.to_owned())), ..Ways::default() };
        let error = messengers::open(ways).err().unwrap().to_string();
        assert!(!error.contains("hunter22") && error.contains("write"), "{error}");
    }
}

/// Another mail server, if one is named: `python -m aiosmtpd -n -l 127.0.0.1:2525`, `CONCORD_TEST_SMTP=smtp://127.0.0.1:2525`.
#[tokio::test]
async fn a_given_server_takes_an_email() {
    let Ok(url) = std::env::var("CONCORD_TEST_SMTP") else {
        eprintln!("skipped: CONCORD_TEST_SMTP names no mail server");
        return;
    };
    ways(&url).send(&envelope(Some("lin@example.com"))).await.unwrap();
}
