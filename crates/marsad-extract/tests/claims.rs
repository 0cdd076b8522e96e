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

#[test]
fn a_party_announces_its_own_deed_in_many_ways() {
    claimed("Jenin Brigade", "أعلنت كتيبة جنين عن تفجير عبوة ناسفة في آلية إسرائيلية في مخيم جنين.");
    claimed("Qassam", "قالت كتائب القسام في بلاغ عسكري: تمكن مجاهدونا من تفجير عبوة في دبابة شرق خانيونس.");
    claimed("al-Shabaab", "قتل خمسة بتفجير في مقديشو أمس. وأضافت حركة الشباب في بيانها مسؤوليتها عن التفجير.");
    claimed("al-Shabaab", "أعلنت حركة الشباب مسئوليتها عن ارتكاب تفجير قتل ثلاثة في مقديشو أمس.");
    claimed("Rebels", "أكد زعيم المتمردين أن قواته قصفت معسكرا للجيش في ملكال أمس.");
    // What befell it, and what others did, it does not claim.
    for text in [
        "أعلنت حركة حماس استهداف الجيش الإسرائيلي منزلا في غزة ومقتل ثلاثة.",
        "أعلن حزب الله استهداف مقره في النبطية بغارة ومقتل عنصرين.",
    ] {
        assert_eq!(first(text).claimed_by.status, ResponsibilityStatus::Unknown, "{text}");
    }
}

#[test]
fn blame_is_laid_on_somebody_for_the_attack_that_was_told() {
    blamed("Al-Qaeda", "قتل ضابط برصاص مجهولين في عدن. ونسبت مصادر أمنية الهجوم إلى تنظيم القاعدة.");
    blamed(
        "Jaysh al-Adl",
        "شن مجهولون هجوما على مبنى محكمة في زاهدان وقتل ستة، وألقت إيران المسؤولية عنه على جيش العدل.",
    );
    // A share is no charge, nor is blame for something else.
    let share = first("قتل خمسة في هجوم على دورية في سيناء أمس، وتراجعت نسبة هجمات تنظيم داعش في مصر.");
    assert!(share.blamed_on.is_empty(), "{:?}", share.blamed_on);
    let other = first("قتل جندي برصاص مجهولين في عدن أمس. وحملت مصر إسرائيل مسؤولية التوتر في المنطقة.");
    assert!(other.blamed_on.is_empty(), "{:?}", other.blamed_on);
}

#[test]
fn of_whom_another_speaks_is_no_source() {
    let found = first("ذكر شهود أن المسلحين أطلقوا النار على ضابط في المعلا وقتلوه.");
    assert!(found.attribution.iter().all(|a| !a.source.starts_with("Gunmen")), "{:?}", found.attribution);
}

#[test]
fn what_is_doubted_of_the_toll_is_not_the_attack() {
    let found = first("قصفت مسيرة تركية بلدة عامودا أمس ويرجح أن القصف تسبب بإصابات بين المدنيين.");
    assert_ne!(found.epistemic, Epistemic::Suspected);
}

#[test]
fn nobody_claimed_any_of_them() {
    let found = incidents("قتل خمسة بتفجير في الكرادة. وقتل ثلاثة بتفجير في المنصور. ولم تتبن أي جهة هذه الهجمات.");
    assert!(found.iter().all(|i| i.claimed_by.status == ResponsibilityStatus::ExplicitNoClaim), "{found:?}");
}

#[test]
fn who_answers_for_it_or_is_believed_to_have_done_it_is_blamed() {
    blamed("Houthis", "قال الجيش إن الحوثيين مسؤولون عن قصف مخيم في مأرب أمس قتل فيه طفل.");
    blamed("Boko Haram", "يشتبه بأن جماعة بوكو حرام نفذت الهجوم الذي قتل عشرة في ديفا أمس.");
}

#[test]
fn a_group_that_says_whom_it_killed_claims_it() {
    claimed("al-Shabaab", "هاجمت حركة الشباب قاعدة في بلدة بولو مرير أمس، وقالت إنها قتلت سبعة جنود.");
    let police = "طعن رجل أمس مارة في القدس وجرح اثنين، وقالت الشرطة إنها قتلت المنفذ.";
    assert_ne!(first(police).claimed_by.status, ResponsibilityStatus::Claimed);
}
