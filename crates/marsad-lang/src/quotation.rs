//! Which quotation marks do no more than fence off a name?
//!
//! «قتل عناصر من "قسد" خمسة مدنيين», «قرب بلدة "النور"»: outlets put the names of groups, places and operations in
//! quotation marks, or leave them out. Around a few words on one line the marks are taken out of the tokens, so that
//! what stands before and behind meets; around speech they stay.

use crate::token::{TokenKind, Tokens};

const PAIRS: [(&str, &str); 4] = [("\"", "\""), ("«", "»"), ("“", "”"), ("‹", "›")];
/// More words than this are speech.
const NAME_MAX: usize = 4;
/// A mark that nothing closes within so many tokens was left open.
const SPEECH_MAX: usize = 200;

/// The tokens of a text without the marks around names.
pub(crate) fn without_marks_of_names(tokens: Tokens) -> Tokens {
    let marks = marks_of_names(&tokens);
    if marks.is_empty() { tokens } else { tokens.without(&marks) }
}

fn marks_of_names(tokens: &Tokens) -> Vec<usize> {
    let mut out = vec![];
    let mut at = 0;
    while at < tokens.len() {
        let close = PAIRS.iter().find(|p| tokens.is_sign(at, p.0)).and_then(|(_, close)| {
            let reach = (at + SPEECH_MAX).min(tokens.len());
            (at + 1..reach).find(|i| tokens.is_sign(*i, close))
        });
        let Some(close) = close else {
            at += 1;
            continue;
        };
        let name = at + 1..close;
        let worded = |i: usize| matches!(tokens.list[i].kind, TokenKind::Word | TokenKind::Number);
        if !name.is_empty() && name.len() <= NAME_MAX && name.clone().all(worded) {
            out.extend([at, close]);
        }
        at = close + 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Resources, testing};

    fn words(text: &str) -> Vec<String> {
        let res = Resources::load(&testing::files()).unwrap();
        let tokens = without_marks_of_names(Tokens::new(&res.fold, text));
        (0..tokens.len()).map(|i| tokens.text(i).to_string()).collect()
    }

    #[test]
    fn marks_around_names_go_and_marks_around_speech_stay() {
        assert_eq!(words("عناصر من \"قسد\" هناك"), ["عناصر", "من", "قسد", "هناك"]);
        assert_eq!(words("«لواء النور» و“قسد”"), ["لواء", "النور", "و", "قسد"]);
        let speech = "قال \"لن نترك هذه الأرض لأحد\" ثم \"نعم\"";
        assert_eq!(words(speech).iter().filter(|w| *w == "\"").count(), 2);
        assert_eq!(words("علامة \" وحدها").len(), 3);
        assert_eq!(words("قال \"كلا.\"").iter().filter(|w| *w == "\"").count(), 2);
    }
}
