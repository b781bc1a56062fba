//! How a command speaks with the person who runs it: what it will do, and whether it may.

use std::io::{self, BufRead, IsTerminal, StdinLock, Write};

use anyhow::{Result, bail};

/// Where a command writes, and whom it asks.
pub struct Console<'a> {
    /// What the command tells.
    pub output: &'a mut dyn Write,
    /// Where answers come from; `None` where nobody can be asked.
    pub answers: Option<&'a mut dyn Answers>,
}

/// A person, or what stands in for one.
pub trait Answers {
    /// One line, with its line feed; nothing at all at the end.
    fn line(&mut self) -> io::Result<String>;

    /// One line that nobody may see, without its line feed. Shows the prompt itself where it is not the
    /// console's to show.
    fn secret(&mut self, prompt: &str, output: &mut dyn Write) -> io::Result<String>;
}

/// Prepared answers, of which none is secret.
impl<T: BufRead> Answers for T {
    fn line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        self.read_line(&mut line)?;
        Ok(line)
    }

    fn secret(&mut self, prompt: &str, output: &mut dyn Write) -> io::Result<String> {
        writeln!(output, "{prompt}")?;
        let line = self.line()?;
        if line.is_empty() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(line.trim_end_matches(['\r', '\n']).to_owned())
    }
}

struct Terminal(StdinLock<'static>);

impl Answers for Terminal {
    fn line(&mut self) -> io::Result<String> {
        Answers::line(&mut self.0)
    }

    fn secret(&mut self, prompt: &str, output: &mut dyn Write) -> io::Result<String> {
        output.flush()?;
        rpassword::prompt_password(prompt)
    }
}

impl Console<'_> {
    /// Runs a command on standard output, asking on the terminal where standard input is one.
    pub fn with_standard<T>(run: impl FnOnce(&mut Console<'_>) -> T) -> T {
        let input = io::stdin();
        let terminal = input.is_terminal();
        let mut answers = Terminal(input.lock());
        let answers: Option<&mut dyn Answers> = if terminal { Some(&mut answers) } else { None };
        run(&mut Console { output: &mut io::stdout().lock(), answers })
    }

    /// Tells something, on lines of its own.
    pub fn tell(&mut self, text: impl std::fmt::Display) -> Result<()> {
        Ok(writeln!(self.output, "{text}")?)
    }

    /// Asks for consent to what was told. With `yes` it is given; anything else than a typed `y` or `yes`
    /// refuses.
    pub fn confirm(&mut self, question: &str, yes: bool) -> Result<()> {
        if yes {
            return Ok(());
        }
        let Some(answers) = &mut self.answers else {
            bail!("nothing was done: there is no terminal to ask on; --yes consents beforehand");
        };
        write!(self.output, "{question} [y/N] ")?;
        self.output.flush()?;
        match answers.line()?.trim().to_ascii_lowercase().as_str() {
            "y" | "yes" => Ok(()),
            _ => bail!("nothing was done"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn consent(answer: Option<&str>, yes: bool) -> (bool, String) {
        let mut output = Vec::new();
        let mut typed = answer.unwrap_or_default().as_bytes();
        let answers: Option<&mut dyn Answers> = if answer.is_some() { Some(&mut typed) } else { None };
        let given = Console { output: &mut output, answers }.confirm("Sign?", yes).is_ok();
        (given, String::from_utf8(output).unwrap())
    }

    #[test]
    fn only_a_clear_yes_is_consent() {
        for (answer, given) in
            [("y\n", true), ("YES\n", true), ("\n", false), ("n\n", false), ("", false), ("yo\n", false)]
        {
            assert_eq!(consent(Some(answer), false), (given, "Sign? [y/N] ".to_owned()), "{answer:?}");
        }
    }

    #[test]
    fn without_a_terminal_only_the_option_is_consent() {
        assert_eq!(consent(None, false), (false, String::new()));
        assert_eq!(consent(None, true), (true, String::new()));
        assert_eq!(consent(Some("n\n"), true), (true, String::new()));
    }
}
