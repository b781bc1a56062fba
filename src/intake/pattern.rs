//! Patterns of STIX 2.1 (§9), as far as they are lists of names and addresses.
//!
//! ```text
//! [domain-name:value = 'a.example' OR domain-name:value LIKE '%.a.example'] OR [url:value = 'https://a.example/']
//! ```
//!
//! Several alternatives are several names. Whatever else a pattern says (both of two things, none of them, one after the
//! other, other objects) narrows it down to something that is no name, and is refused rather than guessed.

use super::candidate::Objection;

/// One alternative of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// This name alone.
    Name(String),
    /// All below this name.
    Below(String),
    /// This address.
    Address(String),
}

/// Reads a pattern; what it says that is no name is the error.
pub(super) fn read(pattern: &str) -> Result<Vec<Told>, Objection> {
    parse(pattern).map_err(|reason| Objection::Pattern(crate::blocklist::excerpt(reason)))
}

fn parse(pattern: &str) -> Result<Vec<Told>, String> {
    if pattern.len() > LONGEST {
        return Err(format!("it is longer than {LONGEST} octets"));
    }
    let mut parser = Parser { tokens: tokens(pattern)?.into_iter().peekable(), told: Vec::new(), depth: 0 };
    parser.observations()?;
    match parser.tokens.next() {
        None => Ok(parser.told),
        Some(token) => Err(format!("it goes on with {token}")),
    }
}

/// A piece of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Word(String),
    Text(String),
    Sign(char),
}

impl std::fmt::Display for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Word(word) => f.write_str(word),
            Self::Text(text) => write!(f, "'{text}'"),
            Self::Sign(sign) => write!(f, "{sign}"),
        }
    }
}

fn tokens(pattern: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut letters = pattern.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            _ if letter.is_whitespace() => {}
            '[' | ']' | '(' | ')' | ',' | '=' | '<' | '>' | '!' => tokens.push(Token::Sign(letter)),
            '\'' => {
                let mut text = String::new();
                loop {
                    match letters.next().ok_or("a text in it has no end")? {
                        '\'' => break,
                        '\\' => text.push(letters.next().ok_or("a text in it has no end")?),
                        other => text.push(other),
                    }
                }
                tokens.push(Token::Text(text));
            }
            _ => {
                let mut word = String::from(letter);
                while let Some(next) =
                    letters.next_if(|next| next.is_alphanumeric() || ":-_.".contains(*next))
                {
                    word.push(next);
                }
                tokens.push(Token::Word(word));
            }
        }
    }
    Ok(tokens)
}

struct Parser {
    tokens: std::iter::Peekable<std::vec::IntoIter<Token>>,
    told: Vec<Told>,
    depth: usize,
}

impl Parser {
    /// `[…]` one or more times, with OR between.
    fn observations(&mut self) -> Result<(), String> {
        self.alternatives(|parser| {
            if parser.opens('(')? {
                parser.observations()?;
                return parser.closes(')');
            }
            parser.sign('[')?;
            parser.comparisons()?;
            parser.sign(']')
        })
    }

    /// Comparisons with OR between.
    fn comparisons(&mut self) -> Result<(), String> {
        self.alternatives(|parser| {
            if parser.opens('(')? {
                parser.comparisons()?;
                return parser.closes(')');
            }
            parser.comparison()
        })
    }

    fn alternatives(&mut self, one: impl Fn(&mut Self) -> Result<(), String>) -> Result<(), String> {
        loop {
            one(self)?;
            match self.tokens.peek() {
                Some(Token::Word(word)) if word == "OR" => _ = self.tokens.next(),
                Some(Token::Word(word)) => return Err(format!("it says {word}")),
                _ => return Ok(()),
            }
        }
    }

    /// Whether a bracket opens here; it is taken then.
    fn opens(&mut self, sign: char) -> Result<bool, String> {
        if self.tokens.next_if_eq(&Token::Sign(sign)).is_none() {
            return Ok(false);
        }
        self.depth += 1;
        match self.depth > DEEPEST {
            true => Err(format!("it has more than {DEEPEST} brackets inside each other")),
            false => Ok(true),
        }
    }

    fn closes(&mut self, sign: char) -> Result<(), String> {
        self.depth -= 1;
        self.sign(sign)
    }

    fn sign(&mut self, sign: char) -> Result<(), String> {
        match self.tokens.next() {
            Some(token) if token == Token::Sign(sign) => Ok(()),
            Some(token) => Err(format!("it has {token} where {sign} should be")),
            None => Err(format!("it ends where {sign} should be")),
        }
    }

    fn text(&mut self) -> Result<String, String> {
        match self.tokens.next() {
            Some(Token::Text(text)) => Ok(text),
            Some(token) => Err(format!("it has {token} where a text should be")),
            None => Err("it ends where a text should be".to_owned()),
        }
    }

    fn comparison(&mut self) -> Result<(), String> {
        let is_name = match self.tokens.next() {
            Some(Token::Word(path)) if path == "domain-name:value" => true,
            Some(Token::Word(path)) if path == "url:value" => false,
            Some(Token::Word(path)) => return Err(format!("it speaks of {path}")),
            Some(token) => return Err(format!("it has {token} where a property should be")),
            None => return Err("it ends where a property should be".to_owned()),
        };
        let told = |text: String| if is_name { Told::Name(text) } else { Told::Address(text) };
        match self.tokens.next() {
            Some(Token::Sign('=')) => {
                let text = self.text()?;
                self.told.push(told(text));
            }
            Some(Token::Word(word)) if word == "IN" => {
                self.sign('(')?;
                loop {
                    let text = self.text()?;
                    self.told.push(told(text));
                    if self.tokens.next_if_eq(&Token::Sign(',')).is_none() {
                        break;
                    }
                }
                self.sign(')')?;
            }
            Some(Token::Word(word)) if word == "LIKE" && is_name => {
                let text = self.text()?;
                match text.strip_prefix("%.") {
                    // These stand for any letters.
                    Some(name) if !name.contains(['%', '_']) => self.told.push(Told::Below(name.to_owned())),
                    _ => return Err(format!("it says LIKE '{text}'")),
                }
            }
            Some(token) => return Err(format!("it says {token}")),
            None => return Err("it ends behind a property".to_owned()),
        }
        Ok(())
    }
}

/// Longer than any pattern of names that programs write.
const LONGEST: usize = 1 << 20;
const DEEPEST: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alternatives_are_names() {
        let name = |text: &str| Told::Name(text.into());
        for (pattern, told) in [
            ("[domain-name:value = 'a.example']", vec![name("a.example")]),
            ("[domain-name:value='a.example']", vec![name("a.example")]),
            (
                "[domain-name:value = 'a' OR domain-name:value LIKE '%.a']",
                vec![name("a"), Told::Below("a".into())],
            ),
            (
                "[domain-name:value = 'a'] OR [url:value = 'https://b/']",
                vec![name("a"), Told::Address("https://b/".into())],
            ),
            ("([(domain-name:value = 'a')])", vec![name("a")]),
            ("[domain-name:value IN ('a', 'b')]", vec![name("a"), name("b")]),
            ("[domain-name:value = 'a\\'b\\\\']", vec![name("a'b\\")]),
        ] {
            assert_eq!(parse(pattern), Ok(told), "{pattern}");
        }
    }

    #[test]
    fn what_is_something_else_is_refused_with_what_it_says() {
        for (pattern, reason) in [
            ("[domain-name:value = 'a' AND ipv4-addr:value = '192.0.2.1']", "it says AND"),
            ("[domain-name:value = 'a'] AND [domain-name:value = 'b']", "it says AND"),
            ("[domain-name:value = 'a'] FOLLOWEDBY [domain-name:value = 'b']", "it says FOLLOWEDBY"),
            ("[domain-name:value = 'a'] WITHIN 5 SECONDS", "it says WITHIN"),
            ("[domain-name:value NOT = 'a']", "it says NOT"),
            ("[domain-name:value != 'a']", "it says !"),
            ("[domain-name:value MATCHES 'a.*']", "it says MATCHES"),
            ("[domain-name:value LIKE '%a']", "it says LIKE '%a'"),
            ("[domain-name:value LIKE '%.a_b']", "it says LIKE '%.a_b'"),
            ("[url:value LIKE 'https://%']", "it says LIKE"),
            ("[domain-name:value = 'a' OR file:name = 'b']", "it speaks of file:name"),
            ("[domain-name:resolves_to_refs[*].value = 'a']", "it speaks of domain-name:resolves_to_refs"),
            ("[domain-name:value = 5]", "it has 5 where a text should be"),
            ("[domain-name:value = 'a", "a text in it has no end"),
            ("[domain-name:value = 'a'", "it ends where ] should be"),
            ("[domain-name:value = 'a']]", "it goes on with ]"),
            ("", "it ends where [ should be"),
            (&"(".repeat(100_000), "16 brackets"),
            (&"(".repeat(2_000_000), "longer than"),
        ] {
            let error = parse(pattern).unwrap_err();
            assert!(error.contains(reason), "{error}");
        }
    }
}
