use crate::builtin;
use crate::exit::Exit;
use crate::project::Failure;
use mimicheck::adapter::{Answer, Implementation, PROTOCOL, Request, Response};
use serde_json::Value;
use std::io::{BufRead, Write};
use std::path::Path;

const EXAMPLES: &str = "\
Examples:
  mimicheck adapter reference
  echo '{\"id\":1,\"op\":\"hello\",\"protocol\":1}' | mimicheck adapter reference

One request a line on stdin, one answer a line on stdout (conformance/README.md). It ends with the
input; a line that is no request ends it with exit code 2. mimicheck list adapters names them all.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// A built-in adapter, NAME or NAME:PARAMETER
    name: String,
    /// Its parameter, for adapters that stand for a bug
    #[arg(long, value_name = "NAME")]
    bug: Option<String>,
}

pub(super) fn run(args: &Args, _root: Option<&Path>) -> Result<Exit, Failure> {
    let spec = args.bug.as_ref().map_or_else(|| args.name.clone(), |bug| format!("{}:{bug}", args.name));
    let mut implementation = builtin::make(&spec)?;
    serve(implementation.as_mut(), std::io::stdin().lock(), std::io::stdout().lock())
}

/// Answers every request until the input ends.
fn serve(
    implementation: &mut dyn Implementation,
    input: impl BufRead,
    mut output: impl Write,
) -> Result<Exit, Failure> {
    for (number, line) in (1_usize..).zip(input.lines()) {
        let at = |e: &dyn std::fmt::Display| Failure::usage(format!("stdin, line {number}: {e}"));
        let line = line.map_err(|e| at(&e))?;
        let request: Request = serde_json::from_str(&line).map_err(|e| at(&format!("not a request: {e}")))?;
        let response = Response { id: request.id, answer: answer(implementation, &request) };
        let mut text = serde_json::to_vec(&response).map_err(Failure::harness)?;
        text.push(b'\n');
        if output.write_all(&text).and_then(|()| output.flush()).is_err() {
            // Nobody listens any more.
            break;
        }
    }
    Ok(Exit::Ok)
}

fn answer(implementation: &mut dyn Implementation, request: &Request) -> Answer {
    match (request.op.as_str(), &request.session) {
        ("hello", _) => {}
        ("end", Some(session)) => {
            implementation.end(session);
            return Answer::Ok(Value::Object(serde_json::Map::new()));
        }
        (op, Some(session)) => return implementation.step(session, op, &request.input),
        (op, None) => return implementation.answer(op, &request.input),
    }
    match request.protocol {
        Some(PROTOCOL) => {
            serde_json::to_value(implementation.hello()).map_or_else(|e| Answer::Unsupported(e.to_string()), Answer::Ok)
        }
        _ => Answer::Unsupported(format!("this adapter speaks protocol {PROTOCOL}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn talk(input: &str) -> (Result<Exit, Failure>, Vec<Response>) {
        let mut output = vec![];
        let end = serve(builtin::make("reference").unwrap().as_mut(), input.as_bytes(), &mut output);
        let lines = String::from_utf8(output).unwrap();
        (end, lines.lines().map(|l| Response::parse(l).unwrap()).collect())
    }

    #[test]
    fn requests_are_answered_in_order_until_garbage() {
        let (end, said) = talk("{\"id\":7,\"op\":\"hello\",\"protocol\":1}\n{\"id\":8,\"op\":\"nothing\"}\nx\n");
        assert!(matches!(said[0], Response { id: 7, answer: Answer::Ok(_) }));
        assert!(matches!(said[1], Response { id: 8, answer: Answer::Unsupported(_) }));
        assert_eq!(said.len(), 2);
        let failure = end.unwrap_err();
        assert!(failure.exit == Exit::Usage && failure.message.contains("line 3"), "{failure}");
        let (end, said) = talk("{\"id\":1,\"op\":\"hello\",\"protocol\":2}\n");
        assert!(matches!(said[0].answer, Answer::Unsupported(_)));
        assert_eq!(end.unwrap(), Exit::Ok);
    }
}
