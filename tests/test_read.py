"""Files to articles: what is read, what is refused, and how the refusal reads."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consistency.read import from_text, read
from consistency.read._foreign import foreign
from consistency.read._language import _WORD, is_english
from consistency.records import Article, Place, Reading, Span, Unread

FIXTURES = Path(__file__).parent.parent / "fixtures" / "read"
ENGLISH = "The tunnel under the harbour opened to traffic on Monday, and the mayor was there."


def reading(path: Path, data: bytes, *, single: bool = False) -> Reading:
    path.write_bytes(data)
    return read(str(path), role="copy", single=single)


def refused(found: Reading) -> Unread:
    assert not found.articles
    (unread,) = found.unread
    assert unread.source in unread.message
    assert unread.remedy
    return unread


def test_a_file_is_an_article_under_the_name_given(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    (article,) = reading(path, ENGLISH.encode()).articles
    assert (article.id, article.source, article.text, article.role) == (str(path), str(path), ENGLISH, "copy")
    assert not article.offsets.pieces


def test_standard_input_is_read_under_its_own_name() -> None:
    (article,) = read("-", role="original", single=True, stdin=ENGLISH.encode()).articles
    assert (article.id, article.source, article.role) == ("-", "-", "original")


@pytest.mark.parametrize(
    "data",
    [
        ENGLISH.encode(),
        b"\xef\xbb\xbf" + ENGLISH.encode(),
        ENGLISH.encode("utf-16"),
        ENGLISH.encode("utf-16-le"),
        ENGLISH.encode("utf-16-be"),
        ENGLISH.encode("utf-32"),
    ],
)
def test_unicode_charsets(tmp_path: Path, data: bytes) -> None:
    (article,) = reading(tmp_path / "a.txt", data).articles
    assert article.text == ENGLISH


def test_undeclared_windows_1252(tmp_path: Path) -> None:
    text = "The mayor called it “a good day” – and the café agreed that it was."
    (article,) = reading(tmp_path / "a.txt", text.encode("cp1252")).articles
    assert article.text == text


def test_utf8_with_a_cut_end_keeps_its_other_characters(tmp_path: Path) -> None:
    text = "The mayor called it “a good day” – and the “café” agreed that it was “so”"
    (article,) = reading(tmp_path / "a.txt", text.encode()[:-1]).articles
    assert article.text == text[:-1] + "\ufffd"


def test_odd_blanks_and_invisible_characters_are_plain_and_mapped(tmp_path: Path) -> None:
    source = "The mayor\xa0said that the tun\xadnel was\u200b open.\r\nIt was the first in the town."
    (article,) = reading(tmp_path / "a.txt", source.encode()).articles
    assert article.text == "The mayor said that the tunnel was open.\nIt was the first in the town."
    for piece in article.offsets.pieces:
        if len(piece.text) == len(piece.source):
            taken = source[piece.source.start : piece.source.end].replace("\xa0", " ")
            assert taken == article.text[piece.text.start : piece.text.end]
    assert sum(len(piece.text) for piece in article.offsets.pieces) == len(article.text)


def test_missing_file(tmp_path: Path) -> None:
    assert refused(read(str(tmp_path / "no.txt"), role="copy", single=False)).code == "missing"


def test_a_folder_among_files_is_refused(tmp_path: Path) -> None:
    unread = refused(read(str(tmp_path), role="copy", single=False))
    assert unread.code == "unreadable"
    assert "is a folder where a file is expected" in unread.message
    assert "consistency check FOLDER" in unread.remedy


def test_a_name_no_system_takes() -> None:
    assert refused(read("a\0b", role="copy", single=False)).code == "unreadable"


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", "\u200b\xa0".encode()])
def test_empty(tmp_path: Path, data: bytes) -> None:
    assert refused(reading(tmp_path / "a.txt", data)).code == "empty"


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"%PDF\0\0", b"\x01\x02\x03 word" * 9])
def test_binary(tmp_path: Path, data: bytes) -> None:
    assert refused(reading(tmp_path / "a.txt", data)).code == "unreadable"


def test_too_long_a_text_is_refused_and_says_so(tmp_path: Path) -> None:
    unread = refused(reading(tmp_path / "a.txt", b"word " * 500_000))
    assert (unread.code, "2,000,000 characters" in unread.message) == ("shape", True)


def test_too_long_a_file_is_refused_unread(tmp_path: Path) -> None:
    assert "20 MB" in refused(reading(tmp_path / "a.txt", b"word " * 5_000_000)).message


@pytest.mark.parametrize(
    "text",
    [
        "Le président russe a rencontré son homologue à Moscou lundi, selon le ministère.",
        "Der Präsident hat gestern in Berlin eine Rede gehalten, wie das Amt mitteilte.",
        "Президент встретился с министром в Москве в понедельник, сообщило агентство.",
        "国家主席星期一在莫斯科会见了俄罗斯总统并讨论了贸易和能源问题",
    ],
)
def test_other_languages_are_refused(tmp_path: Path, text: str) -> None:
    assert refused(reading(tmp_path / "a.txt", text.encode())).code == "language"


@pytest.mark.parametrize(
    "text",
    [
        "Der Mann hat gestern eine Rede gehalten.",
        "Zelensky Kostin Andriy Wang Wenbin Xi Jinping met Putin Moscow",
        "Manchester United beat Real Madrid, Barcelona, Juventus, Milan, Porto",
        "Emmanuel Macron, Olaf Scholz, Giorgia Meloni arrive Kyiv Thursday",
        "Dow Jones, Nasdaq, Nikkei, Hang Seng, DAX fall sharply",
    ],
)
def test_short_texts_and_lists_of_names_are_not_called_foreign(tmp_path: Path, text: str) -> None:
    assert reading(tmp_path / "a.txt", text.encode()).articles


def test_json_lines_are_articles_and_bad_lines_are_named() -> None:
    name = str(FIXTURES / "records.jsonl")
    found = read(name, role="copy", single=False)
    assert [article.id for article in found.articles] == [f"{name}#wire", f"{name}#copy", f"{name}#7"]
    wire = found.articles[0]
    assert (wire.title, wire.url, wire.published) == ("Tunnel opens", "https://harbour.example/wire", "2023-03-20")
    assert wire.source == name
    assert [unread.code for unread in found.unread] == ["shape"] * 3
    for unread, line in zip(found.unread, (4, 5, 6), strict=True):
        assert f"line {line}" in unread.message
        assert name in unread.message


def test_json_lines_as_reference_hold_one_record(tmp_path: Path) -> None:
    line = b'{"text": "The tunnel opened on Monday."}\n'
    (article,) = reading(tmp_path / "a.jsonl", line, single=True).articles
    assert article.id.endswith("a.jsonl#1")
    assert refused(reading(tmp_path / "b.jsonl", line * 2, single=True)).code == "shape"
    assert refused(reading(tmp_path / "c.jsonl", b"\xef\xbb\xbf\n" * 2, single=True)).code == "shape"


def test_json_lines_on_standard_input() -> None:
    data = b'{"id": "a", "html": "<p>The tunnel under the harbour opened to traffic on Monday, the mayor said.</p>"}'
    (article,) = read("-", role="copy", single=True, stdin=data).articles
    assert (article.id, article.text[:10]) == ("-#a", "The tunnel")


@pytest.mark.parametrize("line", [b'{"text": ' + b"[" * 100_000, b'{"text": "\\ud800"}', b"[1]", b'{"id": "a"}'])
def test_hostile_records_are_refused(tmp_path: Path, line: bytes) -> None:
    assert refused(reading(tmp_path / "a.jsonl", line)).code == "shape"


def test_from_text_cleans_as_a_file_would() -> None:
    article = from_text(f"{ENGLISH}\n\nLeave a Comment", id="memory", published="2023-03-20")
    assert isinstance(article, Article)
    assert (article.text, article.source, article.published) == (ENGLISH, "memory", "2023-03-20")


def test_odd_blanks_ends_and_quotes_are_made_plain() -> None:
    article = from_text(f"{ENGLISH}\x85\x93It\x92s\xa0done\x94,\u2028he\u3000said.\rAll \x96 left", id="memory")
    assert isinstance(article, Article)
    assert article.text == f"{ENGLISH}\n“It’s done”,\nhe said.\nAll – left"


def test_a_word_with_an_accent_is_one_word() -> None:
    assert is_english("Zoë Brontë Chloë René Noël André José")
    assert _WORD.findall("zoë brontë 中文 ñandú 3x") == ["zoë", "brontë", "中", "文", "ñandú", "x"]


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=400) | st.text(max_size=400).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.sampled_from(["a.txt", "a.html", "a.jsonl", "a.json", "a"]),
    st.sampled_from(
        [b"", b"<html><body><p>", b'{"text": "', b'[{"text": "a"},', b"\xff\xfe", b"The man and the dog of the town. "]
    ),
)
def test_any_bytes_give_a_reading(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str, head: bytes
) -> None:
    found = reading(tmp_path_factory.getbasetemp() / name, head + data)
    assert all(unread.message and unread.remedy for unread in found.unread)
    assert found.articles or found.unread
    assert all(article.text.strip() for article in found.articles)


def test_a_span_leads_to_its_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Kyiv held.\r\nThe 😀 war went on.\rAn end.\n".encode())
    (only,) = read(str(path), role="copy", single=False).articles
    at = only.text.index("war")
    assert only.place(Span(at, at + 3)) == Place(2, 7, 2, 10)
    whole = only.place(Span(0, len(only.text)))
    assert (whole.line, whole.column, whole.end_line) == (1, 1, 3)


def test_a_record_leads_to_its_line_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('\n{"id": "x", "text": "The bridge closed on Monday, and nobody was hurt, the mayor said."}\n')
    (only,) = read(str(path), role="copy", single=False).articles
    assert only.place(Span(4, 10)) == Place(2, 0, 2, 0)


@given(st.text(alphabet="ab \n\r\u2028.", max_size=60), st.data())
def test_places_lie_within_the_source(source: str, data: st.DataObject) -> None:
    lines = tuple(index for index, _ in enumerate(source) if index == 0 or source[:index].endswith("\n"))
    made = Article("x", source, lines=lines or (0,))
    start = data.draw(st.integers(0, len(source)))
    end = data.draw(st.integers(start, len(source)))
    place = made.place(Span(start, end))
    starts = made.lines
    assert starts[place.line - 1] + place.column - 1 == start
    assert starts[place.end_line - 1] + place.end_column - 1 == end


TWO = '{"id": "a", "text": "The tunnel opened on Monday."}', '{"id": "b", "text": "The mayor was there, he said."}'


@pytest.mark.parametrize(
    ("name", "source", "lines"),
    [
        ("two.json", "\n".join(TWO), [1, 2]),
        ("two.json", f"[\n{TWO[0]},\n\n{TWO[1]}\n]\n", [2, 4]),
        ("two.jsonl", f"[{TWO[0]}, {TWO[1]}]", [1, 1]),
        ("63", "\n" + "\r\n".join(TWO), [2, 3]),
        ("two.txt", "\n".join(TWO), [1, 2]),
        ("two", f"[{TWO[0]},\n{TWO[1]}]", [1, 2]),
        ("two.data", "\ufeff" + "\n".join(TWO), [1, 2]),
    ],
)
def test_records_are_told_by_what_a_file_holds(tmp_path: Path, name: str, source: str, lines: list[int]) -> None:
    found = reading(tmp_path / name, source.encode())
    assert not found.unread
    assert [article.id[-2:] for article in found.articles] == ["#a", "#b"]
    assert [article.line for article in found.articles] == lines
    assert found.articles[1].text == "The mayor was there, he said."


@pytest.mark.parametrize("name", ["one.json", "one"])
def test_one_record_over_several_lines(tmp_path: Path, name: str) -> None:
    source = (
        '\n{\n  "id": "a",\n  "url": "https://harbour.example/wire",\n  "text": "The tunnel opened on Monday."\n}\n'
    )
    (article,) = reading(tmp_path / name, source.encode(), single=True).articles
    assert (article.text, article.line) == ("The tunnel opened on Monday.", 2)


@pytest.mark.parametrize(
    "source",
    [
        '{"headline": "Tunnel opens", "body": "The tunnel opened on Monday."}',
        '[{"headline": "Tunnel opens"}, {"text": "The tunnel opened on Monday."}]',
        '{\n  "articles": [{"text": "The tunnel opened on Monday."}]\n}',
        '{"text": "The tunnel opened on Monday.',
    ],
)
def test_other_json_is_no_prose(tmp_path: Path, source: str) -> None:
    for name in ("a.txt", "a", "a.md"):
        unread = refused(reading(tmp_path / name, source.encode()))
        assert unread.code == "shape"
        assert "looks like JSON" in unread.message
        assert '"text"' in unread.remedy
    found = reading(tmp_path / "a.json", source.encode())
    assert found.unread
    assert all('"text"' in unread.remedy for unread in found.unread)


@pytest.mark.parametrize("source", ["[]", "[ \n]"])
def test_a_list_without_records_is_told(tmp_path: Path, source: str) -> None:
    assert "no record" in refused(reading(tmp_path / "a.json", source.encode())).message


@pytest.mark.parametrize("begin", ["[Editor: this has been mended.] ", '{"Go," he said.} ', "[1] ", '["Go"] '])
def test_prose_in_brackets_is_prose(tmp_path: Path, begin: str) -> None:
    (article,) = reading(tmp_path / "a.txt", f"{begin}{ENGLISH}".encode()).articles
    assert article.text == f"{begin}{ENGLISH}"


ENTRY = "<item><title>A bridge</title><description>It opened on Monday, and the mayor was there.</description></item>"
WRAPPED = {
    "RSS": f'<?xml version="1.0"?>\n<!-- made by a machine -->\n<rss version="2.0"><channel>{ENTRY}</channel></rss>',
    "RSS with pages": f"<rss><channel>{ENTRY}<content><![CDATA[<p>The bridge is open.</p>]]></content></channel></rss>",
    "Atom": f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">{ENTRY}</feed>',
    "RSS 1.0": f'<?xml-stylesheet href="a.css"?><rdf:RDF xmlns="http://purl.org/rss/1.0/">{ENTRY}</rdf:RDF>',
    "RTF": r"{\rtf1\ansi\deff0 The bridge opened on Monday, and the mayor was there.\par}",
    "PDF": "%PDF-1.4\n1 0 obj (The bridge opened on Monday, and the mayor was there.) endobj\n",
    "MHTML": (
        "From: <Saved by Blink>\r\nSubject: A bridge\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
        '\ttype="text/html"\r\n\r\n<html><body><p>The bridge opened on Mon=\r\nday, and the mayor was there.</p>'
    ),
}


@pytest.mark.parametrize("source", WRAPPED.values(), ids=WRAPPED)
@pytest.mark.parametrize("name", ["a.txt", "a.html", "a"])
@pytest.mark.parametrize("before", ["", "\ufeff", "\n "])
def test_an_article_in_another_wrapping_is_not_compared_with_it(
    tmp_path: Path, source: str, name: str, before: str
) -> None:
    path = tmp_path / name
    path.write_text(before + source, "utf-8", newline="")
    (unread,) = read(str(path), role="copy", single=False).unread
    assert unread.code in {"shape", "unreadable"}
    assert str(path) in unread.message
    assert unread.remedy.startswith("Save ")


@pytest.mark.parametrize(
    "source",
    [
        "From: the desk\n\nThe bridge opened on Monday, and the mayor was there for the ceremony.",
        "Subject: the bridge\nThe bridge opened on Monday, and the mayor was there.\nMIME-Version: not said here.",
        "RSS readers have come back, and the mayor was there to read the feed on Monday.",
        "<html><body><feed>x</feed><p>It opened on Monday, and the mayor was there to see it.</p></body></html>",
    ],
)
def test_what_only_looks_like_another_wrapping_is_read(tmp_path: Path, source: str) -> None:
    path = tmp_path / "a"
    path.write_text(source, "utf-8")
    reading = read(str(path), role="copy", single=False)
    assert not reading.unread
    assert "the mayor was" in reading.articles[0].text


def test_a_prologue_without_end_is_soon_read_through() -> None:
    began = time.perf_counter()
    for source in ("<!--" * 100_000, "<!---->" * 100_000, "<?" * 100_000, "A:\n " * 100_000, " " * 1_000_000):
        assert foreign(source) is None
    assert time.perf_counter() - began < 1


def test_markup_in_a_record_called_text_is_no_text() -> None:
    told = "<p>The bridge opened on Monday, and the mayor was there.</p><p>It was closed in May, the city said.</p>"
    line = json.dumps({"id": "a", "text": told}).encode()
    (article,) = read("-", role="copy", single=False, stdin=line).articles
    assert article.text == (
        "The bridge opened on Monday, and the mayor was there.\n\nIt was closed in May, the city said."
    )


def test_a_record_that_only_begins_as_markup_stays_text() -> None:
    line = json.dumps({"id": "a", "text": "<p>"}).encode() + b"\n"
    line += json.dumps({"id": "b", "text": "<10 people were in the town on Monday, and <5 were there later."}).encode()
    first, second = read("-", role="copy", single=False, stdin=line).articles
    assert first.text == "<p>"
    assert second.text.startswith("<10 people")
