"""How fast do other programs take the text out of the pages of a web archive?

Needs python3 with warcio, trafilatura and resiliparse (pip install warcio trafilatura resiliparse).
    cargo run --release -p marsad --example bench_pages 100 pages.warc.gz
    python3 tools/bench_pages.py pages.warc.gz
Prints pages per CPU second of one process, from the archive's records to text; for each program also without reading the archive.
"""
import sys
import time

from warcio.archiveiterator import ArchiveIterator


def pages(path):
    with open(path, "rb") as stream:
        for record in ArchiveIterator(stream):
            if record.rec_type == "response":
                yield record.content_stream().read(), record.http_headers.get_header("content-type") or ""


def measure(name, path, text_of, limit):
    started, count, reading = time.process_time(), 0, 0.0
    source = pages(path)
    while count < limit:
        before = time.process_time()
        page = next(source, None)
        reading += time.process_time() - before
        if page is None:
            break
        text_of(*page)
        count += 1
    whole = time.process_time() - started
    print(f"{name:<14} {count / whole:8.0f} pages/CPU-s with the archive, {count / (whole - reading):8.0f} without", flush=True)


def trafilatura_text(body, content_type):
    import trafilatura

    return trafilatura.extract(body, include_comments=False, favor_precision=True, with_metadata=True)


def resiliparse_text(body, content_type):
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding
    from resiliparse.parse.html import HTMLTree

    charset = content_type.partition("charset=")[2].strip() or detect_encoding(body)
    return extract_plain_text(HTMLTree.parse(bytes_to_str(body, charset)), main_content=True)


if __name__ == "__main__":
    path = sys.argv[1]
    measure("resiliparse", path, resiliparse_text, 2000)
    measure("trafilatura", path, trafilatura_text, 500)
