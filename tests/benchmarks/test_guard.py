"""The guard counts instructions of kernels alone, and notices growth beyond its slack, and only that."""

from __future__ import annotations

import pytest

from guard import compiler, judge, kernel_instructions
from searchkit import kernels

_PROFILE = """\
events: Ir
ob=(1) /usr/bin/python3
fl=(1) ???
fn=(1) eval
0 500
cob=(2) /somewhere/searchkit/kernels/_compiled.cpython-313.so
cfn=(2) __pyx_f_9searchkit_7kernels_5union_candidates.constprop.0
calls=3 0
0 90
+2 20
ob=(2)
fn=(2)
0 60
cob=(3) /lib/libc.so.6
cfn=(3) memcpy
calls=1 0
* 30
cfn=(5) __pyx_pw_9searchkit_7kernels_12plain_counts_1count
calls=1 0
* 9
ob=(3)
fn=(3)
0 30
ob=(2)
fn=(4) __pyx_pw_9searchkit_7kernels_4tree_3Tree_1add
0 7
fn=(5)
0 9
fn=(6) __Pyx_PyCode_New
0 2
"""


def test_only_what_kernels_execute_themselves_counts() -> None:
    assert kernel_instructions(_PROFILE) == {"union": 60, "tree": 7, "plain_counts": 9, "_shared": 2}


def test_growth_beyond_the_slack_is_noticed() -> None:
    kept = {"union": 1000, "tree": 1000, "merge": 1000}
    lines, well = judge(kept, {"union": 1090, "tree": 850, "merge": 1000})
    assert well
    assert "fewer" in lines[1]
    lines, well = judge(kept, {"union": 1110, "tree": 1000, "merge": 1000})
    assert not well
    assert "TOO MANY" in lines[0]
    assert "TOO MANY" not in "".join(lines[1:])


def test_a_kernel_without_a_count_is_told_but_fails_nothing() -> None:
    lines, well = judge({}, {"union": 5})
    assert well
    assert "not kept yet" in lines[0]


@pytest.mark.skipif(not kernels.COMPILED, reason="the kernels run uncompiled")
def test_compiled_kernels_tell_by_what_they_were_built() -> None:
    built = compiler()
    assert built is None or ", Cython 3." in built
