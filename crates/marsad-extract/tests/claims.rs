//! Who claims it, who is accused, and on whose word does it rest? Sentences are our own.

mod common;

use common::document;
use jiff::civil::date;
use marsad_extract::Reader;
use marsad_lang::Resources;
use marsad_model::*;
use std::sync::LazyLock;

static RES: LazyLock<Resources> =
    LazyLock::new(|| Resources::load(&marsad_lang::testing::files()).expect("the data loads"));

fn incidents(text: &str) -> Vec<Incident> {
    let document = document(text, Some(date(2024, 5, 8)));
    Reader::new(&RES).expect("the word lists are there").read(document).incidents
}

fn first(text: &str) -> Incident {
    incidents(text).into_iter().next().expect("the sentence tells an incident")
}

#[track_caller]
fn claimed(actor: &str, text: &str) {
    let found = first(text).claimed_by;
    assert_eq!(found.status, ResponsibilityStatus::Claimed, "{text}");
    assert!(found.actor.as_deref().is_some_and(|a| a.starts_with(actor)), "{text}: {:?}", found.actor);
}

#[track_caller]
fn blamed(actor: &str, text: &str) {
    let found = first(text).blamed_on;
    assert!(found.iter().any(|b| b.actor.starts_with(actor)), "{text}: {found:?}");
}

#[test]
fn the_party_nearest_to_the_claim() {
    claimed(
        "Nusra",
        "أكد الجيش اللبناني أن الانفجار في بعلبك ناجم عن سيارة مفخخة أوقعت قتيلين، فيما قالت \"جبهة النصرة\" التي تبنته إنه هجوم انتحاري.",
    );
    claimed(
        "Islamic State",
        "أعلن التنظيم الإرهابي المعروف باسم \"داعش\" مسؤوليته عن تفجير سيارة مفخخة قرب مسجد في صنعاء.",
    );
    claimed("al-Shabaab", "قتل خمسة في تفجير بمقديشو أمس، والذي أعلنت حركة الشباب مسؤوليتها عنه.");
    claimed("al-Shabaab", "وقع الهجوم الذي تبنته حركة الشباب في قرية قرب أفجوي وقتل ستة جنود.");
    claimed("Islamic State", "قتل أربعة جنود في كمين لتنظيم داعش جنوب كركوك. وتبنى التنظيم الهجوم.");
}

#[test]
fn whoever_tells_its_own_deed() {
    claimed("Qassam", "أعلنت كتائب القسام، الجناح العسكري لحركة حماس، أن مقاتليها استهدفوا دبابة شرق خان يونس بقذيفة.");
    claimed("Saraya al-Quds", "أعلنت سرايا القدس أنها استهدفت تجمعا للجنود شرق جباليا بقذائف الهاون.");
    claimed(
        "Hezbollah",
        "نشر الإعلام الحربي في حزب الله بيانا جاء فيه: قصف مجاهدو المقاومة الإسلامية ثكنة زرعيت بصواريخ الكاتيوشا.",
    );
    let guards = "قال الحرس الثوري الإيراني إنه استهدف سفينة في مضيق هرمز بقذائف إيرانية.";
    claimed("Islamic Revolutionary Guard", guards);
    assert!(first(guards).perpetrator.is_some_and(|p| p.value().starts_with("Islamic Revolutionary Guard")));
}

#[test]
fn a_spokesman_speaks_for_his_party_and_by_its_names() {
    claimed(
        "Houthis",
        "كشف الناطق العسكري باسم القوات المسلحة اليمنية يحيى سريع عن تنفيذ عملية استهدفت المدمرة الأمريكية ميسون في البحر الأحمر بصواريخ.",
    );
    let drone = "نفذت القوات المسلحة اليمنية، بحسب العميد يحيى سريع، هجوما بطائرة مسيرة على سفينة في البحر الأحمر.";
    assert!(first(drone).perpetrator.is_some_and(|p| p.value().starts_with("Houthis")));
    // What he tells of others is no claim.
    let raid = first("قال المتحدث العسكري باسم الحوثيين يحيى سريع إن غارات أمريكية استهدفت صعدة.");
    assert_eq!(raid.claimed_by.status, ResponsibilityStatus::Unknown);
    assert_eq!(raid.epistemic, Epistemic::ClaimedByParty);
}

#[test]
fn nobody_claimed_it() {
    for text in [
        "انفجرت عبوة ناسفة بدورية للشرطة في بعقوبة وقتل شرطي. ولم تعلن أي جهة مسؤوليتها عنه.",
        "خطف مسلحون طبيبا في مأرب. ولم تعلن حتى الآن أي جهة المسؤولية عن الحادث.",
        "سقط صاروخ في سديروت دون إصابات. ولم تعلن أي جهة فلسطينية حتى صباح اليوم مسؤوليتها عن إطلاقه.",
        "جرح جنديان بانفجار عبوة ناسفة في مودية شرق أبين، غداة مقتل ثلاثة جنود في مديرية المحفد. ولم تتبن أي جهة مسؤوليتها عن الهجوم.",
    ] {
        let all = incidents(text);
        assert_eq!(all[0].claimed_by.status, ResponsibilityStatus::ExplicitNoClaim, "{text}");
        assert!(all[1..].iter().all(|i| i.claimed_by.status == ResponsibilityStatus::Unknown), "{text}");
    }
}

#[test]
fn the_accused_stands_before_the_charge() {
    blamed(
        "Sudanese Armed Forces",
        "اتهم نائب زعيم عشائر قبيلة دينكا نقوك بمنطقة أبيي المتنازع عليها بين السودان وجنوب السودان، القوات المسلحة السودانية بقصف أبيي بالمدفعية وقتل طفلة.",
    );
    blamed(
        "Al-Qaeda",
        "انفجرت عبوة في مودية بأبين وقتلت جنديا. وقالت مصادر محلية إن عناصر من تنظيم القاعدة تقف خلف الهجوم.",
    );
    blamed("Al-Qaeda", "قتل ضابط في هجوم مسلح في عدن، وتقف وراءه عناصر من القاعدة بحسب مصدر أمني.");
    let flag = first("قتل بحار في هجوم بصاروخ على سفينة تحمل علم ليبيريا قبالة سواحل عدن يوم الأربعاء.");
    assert_eq!(flag.blamed_on, vec![]);
}

#[test]
fn a_state_that_reports_is_no_party_until_it_tells_its_own_deed() {
    assert_eq!(first("قالت الشرطة إن خمسة أشخاص قتلوا في تفجير سوق ببعقوبة.").epistemic, Epistemic::Reported);
    assert_eq!(first("أعلنت الأمم المتحدة مقتل ثلاثة من موظفيها في كمين قرب جوبا.").epistemic, Epistemic::Reported);
    let own = first("قال الجيش الإسرائيلي إن طائراته قصفت موقعا في بلدة الخيام.");
    assert_eq!(own.epistemic, Epistemic::ClaimedByParty);
    // «بين» is no verb of speech.
    let between = first("تتواصل الاشتباكات بين الأجهزة الأمنية ومسلحين في مخيم جنين، وقتل ثلاثة.");
    assert_eq!(between.attribution, vec![]);
}
