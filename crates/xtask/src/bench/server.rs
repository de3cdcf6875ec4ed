//! The server under load: a demo shop of its own on a free port, and `wrk` beside it on the same machine.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::Row;
use crate::bundle::{self, Effort};
use crate::process::{capture, find};
use crate::{serve, toolchain, workspace};

const START_SECONDS_MAX: u64 = 60;

/// Stops the server when the measurement ends, however it ends.
struct Shop {
    child: Child,
    url: String,
}

impl Drop for Shop {
    fn drop(&mut self) {
        // It may be gone already, and nothing of it is kept.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn measure() -> Result<Vec<Row>> {
    if find("wrk").is_none() {
        toolchain::install(&["wrk"], "wrk puts the server under load")?;
    }
    with_shop(|url, product| {
        let list: Value = serde_json::from_str(&fetch(&format!("{url}/api/v1/products?size=5"))?)?;
        let script = std::env::temp_dir().join(format!("concord-quote-{}.lua", std::process::id()));
        fs::write(&script, quote_script(&list)?)?;
        let rows = vec![
            ("first page, bytes of HTML".to_owned(), fetch(url)?.len().to_string()),
            load(url, "home page", "/", None)?,
            load(url, "product page", &format!("/p/{product}"), None)?,
            load(url, "quote of a 5-line cart (API)", "/api/v1/quote", Some(&script))?,
        ];
        fs::remove_file(&script)?;
        Ok(rows)
    })
}

/// Starts a demo shop of its own, hands over its address and one product, and stops it.
pub fn with_shop<T>(measure: impl FnOnce(&str, &str) -> Result<T>) -> Result<T> {
    bundle::build(Effort::Small)?;
    let program = serve::build_server("release")?;
    let folder = std::env::temp_dir().join(format!("concord-bench-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let shop = start(&program, &folder)?;
    let list: Value = serde_json::from_str(&fetch(&format!("{}/api/v1/products?size=1", shop.url))?)?;
    let product = list["items"][0]["handle"].as_str().context("the demo shop has no products")?;
    let measured = measure(&shop.url, product)?;
    drop(shop);
    fs::remove_dir_all(&folder)?;
    Ok(measured)
}

fn start(program: &Path, folder: &Path) -> Result<Shop> {
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let addr = format!("127.0.0.1:{port}");
    let mut command = Command::new(program);
    command.args(["serve", "--addr", &addr, "--demo", "--site-dir"]).arg(workspace::site());
    command.arg("--database-url").arg(serve::database_url(None, folder)).arg("--data-dir").arg(folder);
    command.env("RUST_LOG", "warn").stdout(Stdio::null()).stderr(Stdio::null());
    let shop = Shop { child: command.spawn().context("cannot start the server")?, url: format!("http://{addr}") };
    let started = Instant::now();
    while TcpStream::connect(&addr).is_err() {
        if started.elapsed() > Duration::from_secs(START_SECONDS_MAX) {
            bail!("the server did not start within {START_SECONDS_MAX} seconds");
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    Ok(shop)
}

fn fetch(url: &str) -> Result<String> {
    let script = "fetch(process.argv[1]).then(async (answer) => process.stdout.write(await answer.text()))";
    capture(Command::new("node").args(["-e", script, url]))
}

/// A cart of the first five products, as wrk wants it.
fn quote_script(list: &Value) -> Result<String> {
    let items = list["items"].as_array().context("no products")?;
    let line = |(at, item): (usize, &Value)| {
        format!(r#"{{"id":"l{at}","sku":{},"quantity":{}}}"#, item["price"]["sku"], at % 3 + 1)
    };
    let lines: Vec<String> = items.iter().enumerate().map(line).collect();
    let body = format!(r#"{{"cart":{{"lines":[{}],"shipping_method":"standard"}}}}"#, lines.join(","));
    Ok(format!("wrk.method = \"POST\"\nwrk.headers[\"Content-Type\"] = \"application/json\"\nwrk.body = [[{body}]]\n"))
}

fn load(url: &str, what: &str, path: &str, script: Option<&Path>) -> Result<Row> {
    let mut wrk = Command::new("wrk");
    wrk.args(["-t1", "-c8", "-d5s", "--latency"]);
    if let Some(script) = script {
        wrk.arg("-s").arg(script);
    }
    let said = capture(wrk.arg(format!("{url}{path}")))?;
    let value = |label: &str| {
        let line = said.lines().find(|line| line.trim_start().starts_with(label))?;
        line.split_whitespace().last().map(str::to_owned)
    };
    let (rate, slow) = (value("Requests/sec"), value("99%"));
    let refused = value("Non-2xx").map_or_else(String::new, |count| format!(", {count} not answered with 2xx"));
    let figure = format!("{} requests/s, p99 {}{refused}", rate.unwrap_or_default(), slow.unwrap_or_default());
    Ok((format!("{what}, 8 connections"), figure))
}
