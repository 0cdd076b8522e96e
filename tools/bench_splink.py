"""How well and how fast does splink resolve the same claims?

Needs python3 with splink and duckdb (pip install splink duckdb).
    cargo run --release -p marsad-resolve --example simulate -- 100000 --csv claims.csv
    python3 tools/bench_splink.py claims.csv
    python3 tools/bench_splink.py claims.csv target/release/examples/simulate 100000   (ours in the same run)
Splink 5 on DuckDB as its documentation recommends: u by random sampling, m by expectation maximisation over two blocking rules,
predictions in blocks, connected components over a threshold. The threshold is the one with the best F1 by the truth, which no user
has. What it is told: the same fields, days and places as intervals and chains in columns of their own, shared wording as an
array of min-hashes. That two claims of one document are two incidents is a condition of its blocking rules.
"""
import logging
import resource
import subprocess
import sys
import time

import duckdb
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

TABLE = """
create table claims as
with typed as (
    select *, try_cast(date_first as date) as first_given, try_cast(date_last as date) as last_given,
           try_cast(published as date) as published_day
    from read_csv('{path}', header = true, all_varchar = true, nullstr = '')
)
select unique_id, cast(truth as int) as truth, document, date_precision = 'Day' as is_day,
       coalesce(first_given, case when role = 'main' then published_day - 7 end) as date_first,
       coalesce(last_given, published_day) as date_last,
       case when date_precision = 'Day' then first_given end as day,
       case when date_precision = 'Day' then date_diff('day', date '2000-01-01', first_given) // 2 end as even_days,
       case when date_precision = 'Day' then (date_diff('day', date '2000-01-01', first_given) + 1) // 2 end as odd_days,
       date_trunc('month', coalesce(first_given, published_day)) as month,
       cast(lat as double) as lat, cast(lon as double) as lon, cast(accuracy_km as double) as accuracy_km,
       country, governorate, district, settlement, place,
       type, type in ('attack_unspecified', 'explosion_unclear') as is_vague, family, weapon, target,
       cast(killed as int) as killed, cast(wounded as int) as wounded, cast(launched as int) as launched, actor, role, agency,
       coalesce(string_split(shingles, ' '), []) as shingles
from typed
"""


def levels(name, *rules):
    made = [cll.CustomLevel(sql, label) for label, sql in rules[1:]]
    return cl.CustomComparison([cll.NullLevel(rules[0]) if rules[0] in COLUMNS else null_level(rules[0]), *made, cll.ElseLevel()], name)


COLUMNS = {"killed", "wounded"}


def null_level(sql):
    return {"sql_condition": sql, "label_for_charts": "unknown", "is_null_level": True}


def toll(column):
    a, b = f"{column}_l", f"{column}_r"
    return levels(
        column,
        column,
        ("equal, ten or more", f"{a} = {b} and {a} >= 10"),
        ("equal, four to nine", f"{a} = {b} and {a} >= 4"),
        ("equal", f"{a} = {b}"),
        ("may have grown", f"greatest({a}, {b}) <= 3 * least({a}, {b}) + 5"),
    )


KM = "6371 * 2 * asin(least(1, sqrt(pow(sin(radians(lat_r - lat_l) / 2), 2) + cos(radians(lat_l)) * cos(radians(lat_r)) * pow(sin(radians(lon_r - lon_l) / 2), 2))))"
WHEN = levels(
    "date",
    "date_last_l is null or date_last_r is null or date_first_l is null or date_first_r is null",
    ("same day", "day_l = day_r"),
    ("next day", "abs(date_diff('day', day_l, day_r)) = 1"),
    ("two known days", "is_day_l and is_day_r"),
    ("overlap within three weeks", "date_first_l <= date_last_r + 1 and date_first_r <= date_last_l + 1 and greatest(date_diff('day', date_first_l, date_last_l), date_diff('day', date_first_r, date_last_r)) <= 20"),
    ("overlap", "date_first_l <= date_last_r + 1 and date_first_r <= date_last_l + 1"),
)
WHERE = levels(
    "place",
    "place_l is null or place_r is null",
    ("same site", "place_l = place_r and accuracy_km_l < 2"),
    ("same place within a town", "settlement_l = settlement_r and place_l = place_r"),
    ("one lies in the other", "settlement_l = settlement_r and (place_l = replace(settlement_l, '/', ' ') or place_r = replace(settlement_r, '/', ' '))"),
    ("same town", "settlement_l = settlement_r"),
    ("within three kilometres", f"settlement_l is not null and settlement_r is not null and {KM} <= 3"),
    ("within ten kilometres", f"settlement_l is not null and settlement_r is not null and {KM} <= 10"),
    ("two towns", "settlement_l is not null and settlement_r is not null"),
    ("same district", "district_l = district_r"),
    ("two districts", "district_l is not null and district_r is not null"),
    ("same governorate", "governorate_l = governorate_r"),
    ("two governorates", "governorate_l is not null and governorate_r is not null"),
    ("same country", "country_l = country_r"),
)
WHAT = levels(
    "type",
    "type_l is null or type_r is null",
    ("same", "type_l = type_r and not is_vague_l"),
    ("same family", "family_l = family_r and not is_vague_l and not is_vague_r"),
    ("one is vague", "is_vague_l or is_vague_r"),
)
OTHER_DOCUMENT = "l.document <> r.document"


def in_blocks(*columns):
    equal = [f"l.{column} = r.{column}" for column in columns]
    return " and ".join([*equal, OTHER_DOCUMENT])


def settings():
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            WHEN, WHERE, WHAT, toll("killed"), toll("wounded"), cl.ExactMatch("launched"), cl.ExactMatch("weapon"),
            cl.ExactMatch("target"), cl.ExactMatch("actor"), cl.ArrayIntersectAtSizes("shingles", [4, 1]),
        ],
        blocking_rules_to_generate_predictions=[
            in_blocks("governorate", "even_days"),
            in_blocks("governorate", "odd_days"),
            in_blocks("settlement", "month", "family"),
            in_blocks("country", "day", "family"),
            block_on("shingles", arrays_to_explode=["shingles"]),
        ],
        retain_intermediate_calculation_columns=False,
        retain_matching_columns=False,
    )


def train(linker):
    linker.training.estimate_probability_two_random_records_match(
        [in_blocks("place", "day", "type"), in_blocks("settlement", "day", "type", "killed")], recall=0.6
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(in_blocks("settlement", "day"), record_sample_proportion=1.0)
    linker.training.estimate_parameters_using_expectation_maximisation(in_blocks("type", "killed", "wounded", "weapon"), record_sample_proportion=1.0)


def score(connection, clusters):
    pairs = "coalesce(sum(n * (n - 1) / 2), 0)"
    found, true, both = connection.execute(f"""
        with judged as (select c.cluster_id, t.truth from {clusters} c join claims t using (unique_id))
        select (select {pairs} from (select count(*) n from judged group by cluster_id)),
               (select {pairs} from (select count(*) n from judged group by truth)),
               (select {pairs} from (select count(*) n from judged group by cluster_id, truth))
    """).fetchall()[0]
    precision, recall = both / max(found, 1), both / max(true, 1)
    return 2 * precision * recall / max(precision + recall, 1e-9), precision, recall


def main(path):
    connection = duckdb.connect()
    connection.execute("set threads to 2")
    connection.execute("set memory_limit = '6GB'")
    connection.execute(TABLE.format(path=path))
    count = connection.execute("select count(*) from claims").fetchall()[0][0]
    started, cpu = time.time(), time.process_time()
    database = DuckDBAPI(connection)
    linker = Linker(database.register("claims") if hasattr(database, "register") else "claims", settings(), log_level=logging.ERROR)
    train(linker)
    trained = time.process_time() - cpu
    predictions = linker.inference.predict(threshold_match_weight=-5)
    predicted = time.process_time() - cpu
    best = (0.0, 0.0, 0.0, None)
    one_clustering = 0.0
    for weight in range(-4, 24, 2):
        before = time.process_time()
        clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predictions, threshold_match_weight=weight)
        one_clustering = max(one_clustering, time.process_time() - before)
        f1, precision, recall = score(connection, clusters.physical_name)
        print(f"  match weight {weight:3}: F1 {f1:.4f}, precision {precision:.4f}, recall {recall:.4f}", flush=True)
        best = max(best, (f1, precision, recall, weight), key=lambda b: b[0])
    edges = connection.execute(f"select count(*) from {predictions.physical_name}").fetchall()[0][0]
    whole = predicted + one_clustering
    print(f"splink: {count} claims, {edges} scored pairs kept: {whole:.1f} CPU-s ({trained:.1f} for training), {time.time() - started:.1f} s with all thresholds")
    print(f"splink: best pairwise F1 {best[0]:.4f} (precision {best[1]:.4f}, recall {best[2]:.4f}) at match weight {best[3]}")
    print(f"splink: peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
    if len(sys.argv) > 2:
        subprocess.run(sys.argv[2:], check=True)
