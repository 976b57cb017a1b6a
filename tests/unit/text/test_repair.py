from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.language import load_language
from pipeline.text.repair import repair_line

AWKWARD = st.text(
    st.sampled_from("aé ö√∂¬≠Ã¶â€™œ\u00ad\u00a0\u200b\ufb01\ufb03e\u0308\uf0b7\x02-Ä•\ufffd\U0001f600"), max_size=30
)


def mend(text: str):
    encoded = [len(text[:i].encode()) for i in range(len(text) + 1)]
    return repair_line(text, encoded)


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        ("coördinatie", "coördinatie", []),
        ("“aanhalingstekens” en ’s avonds", "“aanhalingstekens” en ’s avonds", []),
        ("hulpverlening, co√∂rdinatie en ", "hulpverlening, coördinatie en ", ["mojibake"]),
        ("coÃ¶rdinatie â€“ cliÃ«nten", "coördinatie – cliënten", ["mojibake"] * 3),
        ("\ufffd\ufffdn casus, v\ufffd\ufffdr, re\ufffdle", "\ufffd\ufffdn casus, v\ufffd\ufffdr, re\ufffdle", []),
        ("cli&euml;nten&nbsp;en R&amp;D; A&B; &#8364; 5", "cliënten en R&D; A&B; € 5", ["entity"] * 4),
        ("o\ufb03cieel \ufb02exibel", "officieel flexibel", ["ligature"] * 2),
        ("mensen\u00adhandel", "mensenhandel", ["soft_hyphen"]),
        ("ervarings\u00ad", "ervarings-", ["soft_hyphen"]),
        ("mensen\ufffehandel", "mensenhandel", ["soft_hyphen"]),
        ("FPÖ\ufffeministers", "FPÖ-ministers", ["soft_hyphen"]),
        ("Val\ufffeMeer", "Val-Meer", ["soft_hyphen"]),
        ("\u200eeen \u2068huis\u2069", "een huis", ["zero_width"] * 3),
        ("een\u00a0huis\u200b \u202fop", "een huis  op", ["space", "zero_width", "space"]),
        ("cli\u0065\u0308nt", "cliënt", ["composition"]),
        ("\uf0b7 punt", "• punt", ["symbol_bullet"]),
        ("e Meer opvang", "• Meer opvang", ["read_bullet"]),
        ("«_De wachttijd", "• De wachttijd", ["read_bullet"]),
        ("  -_ Zorg", "  • Zorg", ["read_bullet"]),
        ("- __Zorg__ eerst", "- __Zorg__ eerst", []),
        ("« Zorg » zei hij", "« Zorg » zei hij", []),
        ("Vll. Advies", "VII. Advies", ["read_roman"]),
        ("|. Advies", "I. Advies", ["read_roman"]),
        ("l. Advies", "l. Advies", []),
        ("\uf06e punt", "• punt", ["symbol_bullet"]),
        ("n Meer opvang. l Minder regels", "• Meer opvang. • Minder regels", ["symbol_bullet"] * 2),
        ("§ Één loket", "• Één loket", ["symbol_bullet"]),
        ("in ’n Huis of 5 l Water, artikel § 3, n en l", "in ’n Huis of 5 l Water, artikel § 3, n en l", []),
        ("\x7f Meer opvang", "• Meer opvang", ["symbol_bullet"]),
        ("(cid:127) Meer opvang (cid:127) Leer", "• Meer opvang • Leer", ["unmapped"] * 2),
        ("(cid:127)Meer opvang", "•Meer opvang", ["unmapped"]),
        ("co(cid:246)rdinatie (cid:160)van", "co\ufffdrdinatie \ufffdvan", ["unmapped"] * 2),
        ("Zo\x92n idee \x96 nu", "Zo’n idee – nu", ["mojibake", "mojibake"]),
        ("Co\u00c3\u00b6rdinatie \u00e2\u0082\u00ac5", "Coördinatie €5", ["mojibake", "mojibake"]),
        ("a\x02b", "ab", ["control"]),
        ("\x02\u200b", " ", ["control"]),
        ("‘Ｗijk’ &lt;coÃ¶p’", "‘Ｗijk’ <coöp’", ["entity", "mojibake"]),
    ],
)
def test_a_spoilt_line_is_mended_and_nothing_else(before, after, kinds):
    text, _, repairs = mend(before)
    assert text == after
    assert [r.kind for r in repairs] == kinds


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        ("be¨ınvloeden, idee¨en", "beïnvloeden, ideeën", ["spacing_accent"] * 2),
        ("´e´en of v´o´or, h`e", "één of vóór, hè", ["spacing_accent"] * 5),
        ("cafe´ cr`eche enquˆete", "café crèche enquête", ["spacing_accent"] * 3),
        ("financi‰le re‰le priv‚ scŠne", "financiële reële privé scène", ["code_page"] * 4),
        ("‚‚n „cli‰nt”, co”rdinatie", "één „cliënt”, coördinatie", ["code_page"] * 4),
    ],
)
def test_accents_are_mended_where_the_dictionary_knows_the_word_then(before, after, kinds):
    text, _, repairs = repair_line(before, range(len(before) + 1), language=load_language("nl"))
    assert text == after
    assert [r.kind for r in repairs] == kinds
    assert mend(before)[0] == before  # nothing but the dictionary tells


@pytest.mark.parametrize(
    "text",
    [
        "foto´s, ´s avonds, zo´n, pa´s, OV´s, A´dam, baby`s",
        "´een´ ´zo´ ´goed´ één´ idee´ ´Nee, ´we´ is `ja`",
        "‚een’ „Wonen” zei: „nee”, foto‚s, idee” zee“ ‚s avonds kost 5£ of £5 ‹zo‹ 5‰",
        "xe¨ızq qqc‰rx",
    ],
)
def test_apostrophes_quotes_and_words_that_the_dictionary_does_not_know_stay(text):
    assert repair_line(text, range(len(text) + 1), language=load_language("nl"))[0] == text


def test_two_fixers_on_the_same_bytes_leave_one_repair():
    text, _, repairs = mend("x\u0065\u0308\u0301y")
    assert len(repairs) == 1
    assert repairs[0].after == text[1:-1]


def test_no_repair_is_of_nothing_where_a_fixer_takes_part_of_what_another_made():
    text, _, repairs = mend("hulp√Ç¬≠√Ç¬≠verlening")
    assert text == "hulpverlening"
    assert [(r.kind, r.before, r.after) for r in repairs] == [("mojibake", "√Ç¬≠√Ç¬≠", "")]


def test_a_mark_on_the_letters_of_a_ligature_keeps_the_order_of_the_bytes():
    text, offsets, _ = mend("\ufb03\u0308")
    assert text == "ff\u00ef"
    assert list(offsets) == sorted(offsets)


@given(AWKWARD | st.text(max_size=40).filter(lambda t: not set(t) & set("\r\n\f")))
def test_the_repairs_replay_to_the_text_and_offsets_ascend(original):
    text, offsets, repairs = mend(original)
    assert len(offsets) == len(text) + 1
    assert all(a <= b for a, b in pairwise(offsets))
    assert offsets[-1] == len(original.encode())
    assert offsets[0] == 0 or not text
    assert all(a.end <= b.start for a, b in pairwise(repairs))
    raw, at, out = original.encode(), 0, []
    for r in repairs:
        assert raw[r.start : r.end].decode() == r.before != ""
        out += [raw[at : r.start].decode(), r.after]
        at = r.end
    assert "".join([*out, raw[at:].decode()]) == text


@given(st.text(st.sampled_from("aé \u00ad\u00a0\u200b\ufb01e\u0308\uf0b7\x02-•"), max_size=30))
def test_what_was_repaired_needs_no_second_repair(original):
    once, _, _ = mend(original)
    assert mend(once)[0] == once
