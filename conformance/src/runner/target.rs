//! What a name on the command line stands for: a built-in adapter or a program.

use crate::builtin;
use crate::project::Failure;
use std::fmt;
use std::path::Path;

/// Something that can be judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A built-in adapter, asked in this process.
    Builtin(String),
    /// A program.
    Program(Command),
}

/// A program and its arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    given: String,
    words: Vec<String>,
}

impl Target {
    /// The name of a built-in adapter, the path of a program, or a command line.
    ///
    /// # Errors
    /// Neither, in words.
    pub fn parse(given: &str) -> Result<Self, Failure> {
        if builtin::find(given).is_some() {
            // Made once now, so that a misspelt parameter is a usage error.
            builtin::make(given)?;
            return Ok(Self::Builtin(given.to_owned()));
        }
        Command::parse(given).map(Self::Program)
    }

    /// The same, with a built-in adapter as a process of its own: `mimicheck adapter NAME`.
    ///
    /// # Errors
    /// This program does not know where it is.
    pub fn isolated(self) -> Result<Self, Failure> {
        let Self::Builtin(given) = self else { return Ok(self) };
        let program = std::env::current_exe().map_err(|e| Failure::harness(format!("current executable: {e}")))?;
        let words = vec![program.display().to_string(), "adapter".to_owned(), given.clone()];
        Ok(Self::Program(Command { given, words }))
    }

    /// As it was given.
    #[must_use]
    pub fn given(&self) -> &str {
        match self {
            Self::Builtin(given) => given,
            Self::Program(command) => command.given(),
        }
    }
}

impl Command {
    /// A path, or a command line split at white space outside quotes; no shell reads it.
    ///
    /// # Errors
    /// Names what is not there, or cannot be run.
    pub fn parse(given: &str) -> Result<Self, Failure> {
        let mut words = if Path::new(given).is_file() { vec![given.to_owned()] } else { split(given)? };
        let Some(first) = words.first().cloned() else { return Err(Failure::usage("--adapter \"\": no program")) };
        let path = Path::new(&first);
        if path.is_file() {
            if !executable(path) {
                if path.extension().is_none_or(|e| e != "py") {
                    return Err(not_executable(&first, path, given));
                }
                words.insert(0, "python3".to_owned());
            } else if path.parent().is_some_and(|p| p.as_os_str().is_empty()) {
                // A file in this folder, not a program in PATH.
                if let Some(word) = words.first_mut() {
                    *word = format!("./{first}");
                }
            }
        } else if path.is_dir() {
            return Err(Failure::usage(format!("{first}: is a folder; name the adapter's program")));
        } else if first.contains(std::path::MAIN_SEPARATOR) {
            return Err(Failure::usage(format!("{first}: no such program; build the adapter, or check the path")));
        } else if !in_path(&first) {
            return Err(Failure::usage(format!(
                "{first}: no such built-in adapter, file, or program in PATH; see mimicheck list adapters"
            )));
        }
        Ok(Self { given: given.to_owned(), words })
    }

    /// As it was given.
    #[must_use]
    pub fn given(&self) -> &str {
        &self.given
    }

    pub(super) fn prepare(&self) -> std::process::Command {
        let mut words = self.words.iter();
        let mut command = std::process::Command::new(words.next().map(String::as_str).unwrap_or_default());
        command.args(words);
        command
    }
}

impl fmt::Display for Command {
    /// What is run: the words, quoted where they need it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, word) in self.words.iter().enumerate() {
            let space = if i == 0 { "" } else { " " };
            let quote = if word.contains([' ', '\t', '\'', '"']) { "\"" } else { "" };
            write!(f, "{space}{quote}{word}{quote}")?;
        }
        Ok(())
    }
}

/// What runs a file of this kind.
fn interpreter(path: &Path) -> Option<&'static str> {
    match path.extension()?.to_str()? {
        "js" | "mjs" | "cjs" => Some("node"),
        "jar" => Some("java -jar"),
        "lua" => Some("lua"),
        "php" => Some("php"),
        "pl" => Some("perl"),
        "rb" => Some("ruby"),
        "sh" => Some("sh"),
        _ => None,
    }
}

fn not_executable(first: &str, path: &Path, given: &str) -> Failure {
    let run_by = interpreter(path).map(|program| format!(", or --adapter '{program} {given}'")).unwrap_or_default();
    Failure::usage(format!("{first}: is not executable; chmod +x {first}{run_by}"))
}

#[cfg(unix)]
fn executable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|m| m.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn executable(path: &Path) -> bool {
    path.extension().is_some_and(|e| e != "py")
}

fn in_path(name: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|dir| {
        let file = dir.join(name);
        file.is_file() || file.with_extension(std::env::consts::EXE_EXTENSION).is_file()
    })
}

/// Words as a shell splits them: white space, '…', "…" and backslash; nothing is expanded.
fn split(line: &str) -> Result<Vec<String>, Failure> {
    let mut words = vec![];
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        match (quote, c) {
            (Some(q), c) if c == q => quote = None,
            (Some('"') | None, '\\') => word.get_or_insert_default().extend(chars.next()),
            (Some(_), c) => word.get_or_insert_default().push(c),
            (None, '\'' | '"') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, c) if c.is_whitespace() => words.extend(word.take()),
            (None, c) => word.get_or_insert_default().push(c),
        }
    }
    if let Some(q) = quote {
        return Err(Failure::usage(format!("{line}: the quote {q} is not closed")));
    }
    words.extend(word);
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn command_lines_are_split_as_a_shell_would() {
        assert_eq!(split("a b  'c d' \"e \\\" f\" g\\ h ''").unwrap(), ["a", "b", "c d", "e \" f", "g h", ""]);
        assert!(split("a 'b").is_err());
        assert!(split("  ").unwrap().is_empty());
    }

    #[test]
    fn names_are_told_apart() {
        assert_eq!(Target::parse("reference").unwrap(), Target::Builtin("reference".into()));
        assert!(matches!(Target::parse("sh -c 'exit 3'").unwrap(), Target::Program(_)));
        for wrong in ["", "no-such-program-anywhere", "./nowhere/adapter", "/"] {
            assert_eq!(Target::parse(wrong).unwrap_err().exit, crate::exit::Exit::Usage, "{wrong}");
        }
    }

    #[test]
    fn a_python_file_without_exec_bit_is_run_by_python3() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a b.py");
        std::fs::write(&path, "").unwrap();
        let command = Command::parse(path.to_str().unwrap()).unwrap();
        assert_eq!(command.to_string(), format!("python3 \"{}\"", path.display()));
        std::fs::write(dir.path().join("x"), "").unwrap();
        assert!(Command::parse(dir.path().join("x").to_str().unwrap()).unwrap_err().message.contains("chmod"));
        let script = dir.path().join("adapter.js");
        std::fs::write(&script, "").unwrap();
        let message = Command::parse(script.to_str().unwrap()).unwrap_err().message;
        assert!(message.ends_with(&format!(", or --adapter 'node {}'", script.display())), "{message}");
    }
}
