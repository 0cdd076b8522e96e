//! What does a line of text name? Reads standard input, prints one mention a line.

use std::io::Read;

fn main() {
    let files = marsad_lang::testing::files();
    let res = marsad_lang::Resources::load(&files).unwrap_or_else(|e| panic!("{e}"));
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).expect("text on standard input");
    let a = marsad_lang::annotate(&res, &text);
    let quote = |first: usize, end: usize| {
        let span = a.span(first, end);
        text.chars().skip(span.start as usize).take(span.len() as usize).collect::<String>()
    };
    for m in &a.mentions {
        println!(
            "{:12} {} {:?} {:?} {:?}",
            &*a.entry(m).rule,
            quote(m.first, m.end),
            m.form.part,
            m.form.count,
            m.quantity.map(|q| (q.value, q.min, q.max))
        );
    }
    for n in &a.numbers {
        println!("number {} {:?} {:?} {:?}..{:?}", quote(n.first, n.end), n.kind, n.value, n.min, n.max);
    }
    for t in &a.times {
        println!("time {} {:?} {:?}", quote(t.first, t.end), t.expr, t.part);
    }
    for s in &a.sentences {
        println!("sentence");
        for c in &s.clauses {
            println!("   {:?} {}", c.opening, quote(c.first, c.end));
        }
    }
}
