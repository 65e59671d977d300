"""Real sentences of every language that can be stemmed, and every way of writing a word that people expect to match."""

from __future__ import annotations

from pathlib import Path
from unicodedata import normalize

import pytest

import searchkit
from searchkit import Schema, Text
from searchkit.analysis import stemmer_languages

# Language → a sentence, and a word of it in another form.
SENTENCES = {
    "arabic": ("وصل المدرسون إلى المدينة أمس", "المدرسين"),
    "armenian": ("Երևանը Հայաստանի մայրաքաղաքն է", "Երևանը"),
    "basque": ("Etxeak zuriak dira herri honetan", "herri"),
    "catalan": ("Les ciutats de la costa són boniques", "ciutat"),
    "czech": ("Staré knihy leží na stole", "kniha"),
    "danish": ("Bøgerne ligger på bordet", "bøger"),
    "dutch": ("De huizen staan langs de rivier", "huis"),
    "dutch_porter": ("De boeken liggen op tafel", "boek"),
    "english": ("Two embassies were closed", "embassy"),
    "esperanto": ("La ĉevaloj kuras en la kampo", "ĉevalo"),
    "estonian": ("Raamatud on laual", "raamat"),
    "finnish": ("Kirjassa on sata sivua", "kirja"),
    "french": ("Les chevaux traversent la rivière", "cheval"),
    "german": ("Die alten Häuser stehen am Fluss", "haus"),
    "greek": ("Οι δρόμοι της πόλης είναι στενοί", "δρόμος"),
    "hindi": ("मेज़ पर किताबें रखी हैं", "किताब"),
    "hungarian": ("A városban régi házak állnak", "ház"),
    "indonesian": ("Dia membaca bukunya di rumah", "buku"),
    "irish": ("Tá an leabhar ar an mbord", "leabhar"),
    "italian": ("I libri sono sul tavolo", "libro"),
    "lithuanian": ("Knygos guli ant stalo", "knyga"),
    "nepali": ("टेबुलमा किताबहरू छन्", "किताब"),
    "norwegian": ("Bøkene ligger på bordet", "bøker"),
    "persian": ("کتاب‌ها روی میز هستند", "کتاب"),
    "polish": ("Książki leżą na stole", "książka"),
    "porter": ("Two embassies were closed", "embassy"),
    "portuguese": ("Os livros estão na mesa", "livro"),
    "romanian": ("Casele sunt lângă râu", "casă"),
    "russian": ("Книги лежат на столе", "книга"),
    "serbian": ("Књиге су на столу", "knjiga"),
    "sesotho": ("Batho ba bangata ba teng", "batho"),
    "spanish": ("Las naciones firmaron el acuerdo", "nación"),
    "swedish": ("Flickor läser böckerna", "flicka"),
    "tamil": ("மேசையில் புத்தகங்கள் உள்ளன", "புத்தகம்"),
    "turkish": ("Sınırlar dün kapatıldı", "sınır"),
    "yiddish": ("די קינדער לייענען", "קינד"),
}

# What stands in a text, what people type, and the language of the field.
SPELLINGS = [
    # case, width, ligatures
    ("ＦＵＬＬ ｗｉｄｔｈ", "full width", None),
    ("ﬁnal oﬃce", "FINAL OFFICE", None),
    ("ĳsberg ǆungla", "ijsberg džungla", None),
    # German sharp s, in every case, and umlauts
    ("Die Straße", "strasse", "german"),
    ("Die Strasse", "straße", "german"),
    ("GROẞE STRAẞE", "große Straße", None),
    ("Mueller und Müller", "muller", None),
    # Turkish dotted and dotless i
    ("İstanbul'da Iğdır", "istanbul'da iğdır", None),
    ("ISPARTA", "ısparta", "turkish"),
    ("ısparta", "ISPARTA", "turkish"),
    ("SINIRLAR", "sınır", "turkish"),
    ("sınırlar", "sinir", "turkish"),
    ("günler", "gun", "turkish"),
    # Greek final sigma and tonos, also in capitals
    ("ΟΔΟΣ", "οδός", None),
    ("ὁδός", "οδοσ", None),
    ("Ο ΔΡΟΜΟΣ", "δρόμος", "greek"),
    # Arabic: vowel marks, tatweel, hamza on alef, presentation forms, digits
    ("الْقُرْآنُ الكَرِيمُ", "القران الكريم", None),
    ("كـــتاب", "كتاب", "arabic"),
    ("أحمد إبراهيم", "احمد ابراهيم", None),
    ("ﻛﺘﺎﺏ", "كتاب", None),
    # Hebrew points, gershayim, presentation forms
    ("שָׁלוֹם עֲלֵיכֶם", "שלום עליכם", None),
    ("שּׁלום", "שלום", None),
    # Cyrillic: io, stress marks; short i is a letter of its own
    ("Ёлка в за́мке", "елка замке", "russian"),
    # Devanagari: nukta composed or not; a virama is part of the word
    ("फ़िल्म हिन्दी", "फ़िल्म हिन्दी", "hindi"),
    ("क़लम", "\u0915\u093c\u0932\u092e", None),
    # Vietnamese: stacked marks, composed, decomposed, or left out
    ("Việt Nam đường phố", "viet nam duong pho", None),
    (normalize("NFD", "Tiếng Việt"), "Tiếng Việt", None),
    ("Tiếng Việt", normalize("NFD", "Tiếng Việt"), None),
    # Hangul, decomposed
    (normalize("NFD", "대한민국 서울"), "대한민국", None),
    ("대한민국 서울", normalize("NFD", "서울"), None),
    # Japanese: half width kana with sound marks
    ("ｶﾞﾗｽとガラス", "ガラス", None),
    ("東京タワー", "ﾀﾜｰ", None),
    # Scripts without spaces: any part of a run
    ("中华人民共和国", "人民", None),
    ("ประเทศไทยสวยงาม", "ไทย", None),
    ("ກຳແພງນະຄອນວຽງຈັນ", "ວຽງຈັນ", None),
    ("ភាសាខ្មែរ", "ខ្មែរ", None),
    ("မြန်မာနိုင်ငံ", "နိုင်ငံ", None),
    # Joiners and soft hyphens
    ("کتاب\u200cها", "کتابها", "persian"),
    ("co\u00adoperation", "cooperation", None),
    # Acronyms
    ("the U.S.A.", "usa", "english"),
    ("the USA", "u.s.a.", "english"),
]


def found(folder: Path, text: str, query: str, language: str | None) -> bool:
    schema = Schema({"body": Text(language=language)})
    with searchkit.open(folder / "index", schema=schema) as index:
        index.add([{"id": "1", "body": text}, {"id": "2", "body": "zzz"}])
        results = index.search(query, match="all")
        assert not results.problems
        assert results.total in (0, 1)
        if results:
            (hit,) = results
            snippet = hit.snippet("body")
            assert snippet.highlights, (text, query)
            assert all(text[start:end].strip() for start, end in snippet.highlights)
        return results.total == 1


@pytest.mark.parametrize("language", SENTENCES)
def test_a_sentence_is_found_by_another_form_of_its_word(tmp_path: Path, language: str) -> None:
    sentence, query = SENTENCES[language]
    assert found(tmp_path, sentence, query, language)


def test_every_language_has_its_sentence() -> None:
    assert set(SENTENCES) == set(stemmer_languages())


@pytest.mark.parametrize(("text", "query", "language"), SPELLINGS)
def test_a_query_finds_other_spellings(tmp_path: Path, text: str, query: str, language: str | None) -> None:
    assert found(tmp_path, text, query, language)


@pytest.mark.parametrize(
    ("text", "query", "language"),
    [
        ("край", "края", None),
        ("мой", "мои", None),
        ("がっこう", "かっこう", None),
        ("किताब", "कताब", None),
        ("ไทย", "ทย์", None),
        ("example.com", "examplecom", None),
        ("中华人民", "民人", None),
    ],
)
def test_a_query_does_not_find_other_words(tmp_path: Path, text: str, query: str, language: str | None) -> None:
    schema = Schema({"body": Text(language=language)})
    with searchkit.open(tmp_path / "index", schema=schema) as index:
        index.add([{"id": "1", "body": text}])
        assert index.count(query, match="all") == 0


def test_fields_of_one_article_have_languages_of_their_own(tmp_path: Path) -> None:
    schema = Schema(
        {"german": Text(language="german"), "french": Text(language="french"), "plain": Text(language=None)}
    )
    with searchkit.open(tmp_path / "index", schema=schema) as index:
        index.add([{"id": "1", "german": "Häuser", "french": "chevaux", "plain": "houses"}])
        for query in ("german:haus", "haus", "french:cheval", "cheval", "houses", "plain:houses"):
            assert index.count(query) == 1, query
        for query in ("french:haus", "german:cheval", "house", "plain:house"):
            assert index.count(query) == 0, query
