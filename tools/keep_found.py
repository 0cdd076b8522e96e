"""Which of the inputs that a fuzzer found are worth keeping?

Reads the control file of a merge (libFuzzer, -merge=1 -merge_control_file=FILE), which says what each input reaches in the program, and
copies into a folder those that together reach most: always the input that adds most for its weight. Names are the
SHA-1 of the contents, as the fuzzer names them. What lay in the folder is replaced. `make found` runs it.
    python3 tools/keep_found.py CONTROL-FILE FOLDER [FILES] [BYTES]
"""
import hashlib
import heapq
import pathlib
import sys

BYTES_MAX = 8192


def reached(control):
    """Each input that was run to its end: its path and what it reaches."""
    lines = pathlib.Path(control).read_text().split("\n")
    count = int(lines[0])
    paths = lines[2 : 2 + count]
    for line in lines[2 + count :]:
        if line.startswith("FT "):
            number, *features = map(int, line.split()[1:])
            yield pathlib.Path(paths[number]), set(features)


def worth(adds, size):
    """Both the number of files and their weight are limited: what is added, for the weight with a fixed part a file."""
    return adds / (size + 3000)


def chosen(inputs, files, bytes_all):
    """Greedily, by what each adds; stale entries of the queue are weighed anew when they come up."""
    sizes = {path: path.stat().st_size for path in inputs}
    queue = [(-worth(len(features), sizes[path]), path) for path, features in inputs.items()]
    heapq.heapify(queue)
    seen, keep, weight = set(), [], 0
    while queue and len(keep) < files:
        promised, path = heapq.heappop(queue)
        adds = len(inputs[path] - seen)
        if adds == 0 or weight + sizes[path] > bytes_all:
            continue
        if worth(adds, sizes[path]) < -promised:
            heapq.heappush(queue, (-worth(adds, sizes[path]), path))
            continue
        keep.append(path)
        seen |= inputs[path]
        weight += sizes[path]
    return keep, len(seen)


def main(control, folder, files="60", bytes_all="110000"):
    inputs = {path: features for path, features in reached(control) if 0 < path.stat().st_size <= BYTES_MAX}
    keep, covered = chosen(inputs, int(files), int(bytes_all))
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    contents = [path.read_bytes() for path in keep]
    for old in folder.iterdir():
        old.unlink()
    for data in contents:
        (folder / hashlib.sha1(data).hexdigest()).write_bytes(data)
    everything = len(set().union(*inputs.values())) if inputs else 0
    print(f"{folder}: {len(keep)} of {len(inputs)} inputs, {sum(map(len, contents))} bytes; they reach {covered} of {everything}")


if __name__ == "__main__":
    main(*sys.argv[1:])
