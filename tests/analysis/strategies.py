"""Texts of many scripts, and of nothing but odd characters."""

from __future__ import annotations

from hypothesis import strategies as st

__all__ = ["any_text", "words_text"]

_LATIN = "embassy hostages who's O'Brien don’t d'Estaing ’90s rock'n'roll C++ U.S. anti-American 1979 naïve cafe\u0301"
_FOLDED = "Straße ISTANBUL ıslak İzmir ΟΔΟΣ οδός ﬁnal Ｆｕｌｌ＇ｓ co\u00adop мёд йод за\u0301мок ŉ ½ 2½ ① km²"
_MARKED = "הַשָּׁלוֹם צה״ל الْقُرْآن می\u200cخواهم हिन्दी क़लम กรุงเทพ ﷺ"
_DENSE = "漢字とPython入門、1979年 한국 \u1112\u1161\u11ab ｶﾞﾗｽ か"
_ODD = "👍🏽 1️⃣ 👨‍👩‍👧 🇮🇷 ' '' ’ \u0301 \u200d \ufeff \x00 \x1b[31m —"
_WORDS = " ".join([_LATIN, _FOLDED, _MARKED, _DENSE, _ODD]).split(" ")

any_text = st.text(max_size=60)
words_text = st.lists(
    st.one_of(st.sampled_from(_WORDS), st.text(max_size=4), st.sampled_from([" ", "\n\n", ". ", "。", "'", "\u00a0"])),
    max_size=25,
).flatmap(lambda parts: st.sampled_from(["", " "]).map(lambda between: between.join(parts)))
