//! JSON as a tree: RFC 8259.

use super::{Fault, Tree};

/// How deep lists and objects may be nested.
const NESTING_MAX: u32 = 127;

/// A text, and how far it is read.
struct Parser<'t> {
    text: &'t str,
    at: usize,
    depth: u32,
}

/// The tree of a JSON text.
pub(super) fn parse(text: &str) -> Result<Tree, Fault> {
    let mut parser = Parser { text, at: 0, depth: 0 };
    let tree = parser.value()?;
    parser.space();
    if parser.at < text.len() { Err(parser.fault("trailing characters")) } else { Ok(tree) }
}

impl Parser<'_> {
    /// Something else comes next, or nothing.
    fn unlike(&self, expected: &str) -> Fault {
        self.fault(if self.at < self.text.len() { expected } else { "EOF while parsing a value" })
    }

    fn fault(&self, what: &str) -> Fault {
        let read = &self.text.as_bytes()[..self.at];
        let line = read.iter().filter(|byte| **byte == b'\n').count() + 1;
        let column = read.iter().rev().take_while(|byte| **byte != b'\n').count() + 1;
        Fault::new(format!("{what} at line {line} column {column}"))
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Reads this byte if it comes next.
    fn eat(&mut self, byte: u8) -> bool {
        let there = self.peek() == Some(byte);
        self.at += usize::from(there);
        there
    }

    fn eat_all(&mut self, of: impl Fn(u8) -> bool) -> usize {
        let from = self.at;
        while self.peek().is_some_and(&of) {
            self.at += 1;
        }
        self.at - from
    }

    fn space(&mut self) {
        self.eat_all(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
    }

    fn value(&mut self) -> Result<Tree, Fault> {
        self.space();
        match self.peek() {
            Some(b'"') => self.string().map(Tree::Text),
            Some(b'[') => self.list(),
            Some(b'{') => self.map(),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", Tree::Bool(true)),
            Some(b'f') => self.word("false", Tree::Bool(false)),
            Some(b'n') => self.word("null", Tree::Null),
            _ => Err(self.unlike("expected value")),
        }
    }

    fn word(&mut self, word: &str, tree: Tree) -> Result<Tree, Fault> {
        if !self.text[self.at..].starts_with(word) {
            return Err(self.fault("expected ident"));
        }
        self.at += word.len();
        Ok(tree)
    }

    fn enter(&mut self) -> Result<(), Fault> {
        self.at += 1;
        self.depth += 1;
        if self.depth > NESTING_MAX { Err(self.fault("recursion limit exceeded")) } else { Ok(()) }
    }

    /// True if another item follows in a list or an object that ends with this byte.
    fn another(&mut self, end: u8, first: bool) -> Result<bool, Fault> {
        self.space();
        if self.eat(end) {
            self.depth -= 1;
            return Ok(false);
        }
        if first || self.eat(b',') { Ok(true) } else { Err(self.unlike("expected `,` or the end")) }
    }

    fn list(&mut self) -> Result<Tree, Fault> {
        self.enter()?;
        let mut list = Vec::new();
        while self.another(b']', list.is_empty())? {
            list.push(self.value()?);
        }
        Ok(Tree::List(list))
    }

    fn map(&mut self) -> Result<Tree, Fault> {
        self.enter()?;
        let mut map = Vec::new();
        while self.another(b'}', map.is_empty())? {
            self.space();
            if self.peek() != Some(b'"') {
                return Err(self.unlike("key must be a string"));
            }
            let key = self.string()?;
            self.space();
            if !self.eat(b':') {
                return Err(self.unlike("expected `:`"));
            }
            map.push((key, self.value()?));
        }
        Ok(Tree::Map(map))
    }

    fn digits(&mut self) -> Result<(), Fault> {
        if self.eat_all(|byte| byte.is_ascii_digit()) == 0 { Err(self.fault("invalid number")) } else { Ok(()) }
    }

    fn number(&mut self) -> Result<Tree, Fault> {
        let from = self.at;
        self.eat(b'-');
        if !self.eat(b'0') {
            self.digits()?;
        } else if self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            return Err(self.fault("invalid number"));
        }
        if self.eat(b'.') {
            self.digits()?;
        }
        if self.eat(b'e') || self.eat(b'E') {
            let _sign = self.eat(b'+') || self.eat(b'-');
            self.digits()?;
        }
        let number = &self.text[from..self.at];
        let whole = number.parse().ok().filter(|_| number != "-0");
        Ok(whole.map_or_else(|| Tree::Broken(number.to_owned()), Tree::Int))
    }

    fn string(&mut self) -> Result<String, Fault> {
        self.at += 1;
        let mut string = String::new();
        loop {
            let from = self.at;
            self.eat_all(|byte| byte != b'"' && byte != b'\\' && byte >= b' ');
            string.push_str(&self.text[from..self.at]);
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => string.push(self.escaped()?),
                Some(_) => return Err(self.fault("control character (\\u0000-\\u001F) found while parsing a string")),
                None => return Err(self.fault("EOF while parsing a string")),
            }
        }
        self.at += 1;
        Ok(string)
    }

    fn escaped(&mut self) -> Result<char, Fault> {
        self.at += 1;
        let byte = self.peek().unwrap_or_default();
        self.at += 1;
        Ok(match byte {
            b'"' | b'\\' | b'/' => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode(),
            _ => {
                self.at = self.text.len().min(self.at - 1);
                return Err(self.fault("invalid escape"));
            }
        })
    }

    fn hex(&mut self) -> Result<u32, Fault> {
        let digits = self.text.get(self.at..self.at + 4).filter(|digits| !digits.starts_with('+'));
        let unit = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let unit = unit.ok_or_else(|| self.fault("invalid escape"))?;
        self.at += 4;
        Ok(unit)
    }

    /// A character by its number in UTF-16, in two parts where one does not suffice.
    fn unicode(&mut self) -> Result<char, Fault> {
        let mut code = self.hex()?;
        if (0xd800..0xdc00).contains(&code) && self.text[self.at..].starts_with("\\u") {
            self.at += 2;
            let low = self.hex()?;
            let pair = 0x1_0000 + ((code - 0xd800) << 10) + low.wrapping_sub(0xdc00);
            code = if (0xdc00..0xe000).contains(&low) { pair } else { code };
        }
        char::from_u32(code).ok_or_else(|| self.fault("lone surrogate in hex escape"))
    }
}
