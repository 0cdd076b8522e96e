//! In which language is this text written?
//!
//! Arabic, Persian, Urdu and Sorani share a script, and Arabic news borrows
//! letters and words from its neighbours. Letters that Arabic never needs tell
//! Urdu and Sorani; frequent little words part Persian from Arabic. What stays
//! doubtful is read as Arabic.

use crate::phrases::{Keys, Phrases};

/// `ar`, `fa`, `ur`, `ckb`, `en`, or `und` when nothing tells.
pub(crate) fn language(phrases: &Phrases, text: &str) -> &'static str {
    let letters = Letters::count(text);
    if letters.arabic == 0 && letters.latin == 0 {
        return "und";
    }
    if letters.are_misread() {
        return "und";
    }
    let is_latin = letters.latin > 2 * letters.arabic;
    let words = Words::count(phrases, text, is_latin);
    if is_latin {
        return if words.english * 20 >= words.all { "en" } else { "und" };
    }
    let share = |part: usize, percent: usize| part * 100 > letters.arabic * percent;
    match () {
        _ if letters.urdu == 0 && is_persian(&letters, &words) => "fa",
        _ if words.arabic() * 10 >= words.all => "ar",
        _ if share(letters.urdu, 2) => "ur",
        _ if letters.sorani_kinds >= 2 && share(letters.sorani, 5) || share(letters.sorani, 8) => "ckb",
        _ => "ar",
    }
}

/// Persian little words, at least twice the Arabic ones; or, in a line too
/// short for two of them, one beside letters as only Persian sets them.
fn is_persian(letters: &Letters, words: &Words) -> bool {
    let many = words.persian >= 2 && words.persian >= 2 * words.arabic();
    let short = words.all <= SHORT && words.arabic() == 0 && letters.arabic_only == 0;
    let own = letters.persian > 0 && words.persian > 0 || letters.own_persian > 0;
    letters.sorani == 0 && (many && letters.persian > 0 || short && (own || words.persian * 4 >= words.all.max(1)))
}

/// The name of a language in a message.
pub(crate) fn name(code: &str) -> &'static str {
    match code {
        "fa" => "Persian",
        "ur" => "Urdu",
        "ckb" => "Kurdish (Sorani)",
        "en" => "English",
        _ => "a language that was not recognized",
    }
}

/// Words of a line that is judged by single letters.
const SHORT: usize = 12;
/// hamza above and below alef, teh marbuta, kaf, yeh, alef maksura: not set in Persian
const ARABIC_ONLY: [char; 6] = ['\u{623}', '\u{625}', '\u{629}', '\u{643}', '\u{64a}', '\u{649}'];
/// tah and zah, the two bytes that begin the letters of Arabic in UTF-8 when these are read as windows-1256
const FIRST_BYTES: [char; 2] = ['\u{637}', '\u{638}'];
/// jeh and gaf: no Arabic name is written with them
const OWN_PERSIAN: [char; 2] = ['\u{698}', '\u{6af}'];
/// tteh, ddal, rreh, noon ghunna, yeh barree, heh goal
const URDU: [char; 6] = ['\u{679}', '\u{688}', '\u{691}', '\u{6ba}', '\u{6d2}', '\u{6c1}'];
/// reh, lam, oe, e with a small v, and ae
const SORANI: [char; 5] = ['\u{695}', '\u{6b5}', '\u{6c6}', '\u{6ce}', '\u{6d5}'];
/// peh, tcheh, jeh, gaf, keheh, farsi yeh
const PERSIAN: [char; 6] = ['\u{67e}', '\u{686}', '\u{698}', '\u{6af}', '\u{6a9}', '\u{6cc}'];

#[derive(Default)]
struct Letters {
    arabic: usize,
    latin: usize,
    urdu: usize,
    sorani: usize,
    sorani_kinds: usize,
    persian: usize,
    own_persian: usize,
    arabic_only: usize,
    first_bytes: usize,
}

impl Letters {
    /// UTF-8 that somebody read as windows-1256: every other letter is one of two that are rare in every language, and the rest look like
    /// Urdu.
    fn are_misread(&self) -> bool {
        self.arabic >= 20 && self.first_bytes * 3 > self.arabic
    }

    fn count(text: &str) -> Letters {
        let mut n = Letters::default();
        let mut seen = [false; SORANI.len()];
        for c in text.chars().filter(|c| marsad_lang::is_letter(*c)) {
            match c {
                // The letters of Arabic itself, which are nearly all.
                '\u{621}'..='\u{64a}' => {
                    n.arabic += 1;
                    n.arabic_only += usize::from(ARABIC_ONLY.contains(&c));
                    n.first_bytes += usize::from(FIRST_BYTES.contains(&c));
                }
                '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{fb50}'..='\u{feff}' => {
                    n.arabic += 1;
                    n.add_neighbour(c, &mut seen);
                }
                '\u{41}'..='\u{24f}' => n.latin += 1,
                _ => {}
            }
        }
        n.sorani_kinds = seen.iter().filter(|s| **s).count();
        n
    }

    /// A letter with which only other languages of the script are written.
    fn add_neighbour(&mut self, c: char, seen: &mut [bool; SORANI.len()]) {
        self.urdu += usize::from(URDU.contains(&c));
        self.persian += usize::from(PERSIAN.contains(&c));
        self.own_persian += usize::from(OWN_PERSIAN.contains(&c));
        if let Some(i) = SORANI.iter().position(|s| *s == c) {
            self.sorani += 1;
            seen[i] = true;
        }
    }
}

#[derive(Default)]
struct Words {
    all: usize,
    little_arabic: usize,
    with_article: usize,
    persian: usize,
    english: usize,
}

impl Words {
    /// The first 5,000 words tell as much as all. English ones are counted where most letters are Latin.
    fn count(phrases: &Phrases, text: &str, is_latin: bool) -> Words {
        let mut n = Words::default();
        let article = phrases.res.lexicon.clitics.article.as_str();
        let [arabic, persian, english] = ["language_ar", "language_fa", "language_en"].map(|list| phrases.whole(list));
        let english = english.filter(|_| is_latin);
        let is_in = |list: Option<&Keys>, word: &str| usize::from(list.is_some_and(|l| l.contains(word)));
        let is_letter =
            |c: char| marsad_lang::is_letter(c) || c.is_ascii_digit() || ('\u{64b}'..='\u{652}').contains(&c);
        let mut folded = String::new();
        for word in text.split(|c| !is_letter(c)).filter(|w| !w.is_empty()).take(5000) {
            folded.clear();
            phrases.res.fold.fold_into(word, &mut folded);
            let word = folded.as_str();
            n.all += 1;
            n.little_arabic += is_in(arabic, word);
            n.persian += is_in(persian, word);
            n.english += is_in(english, word);
            n.with_article += usize::from(word.strip_prefix(article).is_some_and(|w| w.chars().nth(2).is_some()));
        }
        n
    }

    fn arabic(&self) -> usize {
        self.little_arabic + self.with_article
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use marsad_lang::{Resources, testing};

    #[test]
    fn neighbours_in_one_script_are_told_apart() {
        let res = Resources::load(&testing::files()).unwrap();
        let phrases = Phrases::new(&res);
        let check = |text: &str, expected: &str| assert_eq!(language(&phrases, text), expected, "{text}");
        check("أعلنت الشرطة أن صاروخا سقط في المدينة", "ar");
        check("انفجار عبوة", "ar");
        check("قتل جندي", "ar");
        check("قالت صحيفة «کیهان» الإيرانية إن این خبر نشر في طهران", "ar");
        check("به گزارش خبرگزاری، یک نفر در این انفجار کشته شده است و پلیس می‌گوید که تحقیقات ادامه دارد", "fa");
        check("پولیس کے مطابق دھماکے میں تین افراد ہلاک ہوئے ہیں اور زخمیوں کو ہسپتال منتقل کیا گیا ہے", "ur");
        check("لە ئەنجامی تەقینەوەی بۆمبێکدا دوو کەس بریندار بوون و هێزەکان گەڕانیان دەستپێکرد", "ckb");
        // Headlines and single lines, with names of the neighbours.
        check("مقتل قيادي في حزب کارگران کردستان بغارة تركية", "ar");
        check("ذكرت وكالة «تسنیم» أن هجوماً استهدف موقعاً في الأهواز", "ar");
        check("انفجار عبوة ناسفة في كركوك", "ar");
        check("شو صار؟ نزل صاروخ قدام الفرن هلق", "ar");
        check("قصف", "ar");
        check("گلت الج ماكو قصف", "ar");
        check("انفجار بمب در کابل دو کشته برجا گذاشت", "fa");
        check("سپاه از شلیک موشک خبر داد", "fa");
        check("انفجار در تهران", "fa");
        check("در پی حمله موشکی به پایگاه عین الاسد دو تن زخمی شدند", "fa");
        check("کوئٹہ میں دھماکہ، تین افراد ہلاک", "ur");
        check("وزیرستان میں ڈرون حملہ", "ur");
        check("تەقینەوە لە هەولێر", "ckb");
        check("دوو کوژراو لە کەرکووک", "ckb");
        // A quotation in another language leaves the report Arabic.
        check("وكتب على صفحته «دوو کەس بریندار بوون» قبل أن يؤكد الخبر في بيان بعد ساعات", "ar");
        check("The police said that a rocket fell in the city and no one was hurt", "en");
        check("Die Polizei sprach von zwei Verletzten nach einem Anschlag", "und");
        check("2021 … 12", "und");
        // UTF-8 read as windows-1256; words full of one letter are words.
        let (misread, _, _) = encoding_rs::WINDOWS_1256.decode("قالت الشرطة إن حريقا اندلع".as_bytes());
        check(&misread, "und");
        check("طائرة قصفت قطاع طريق الطبقة", "ar");
    }
}
