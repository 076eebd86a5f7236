"""`publish`: the text again, to the letter but for white space."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.cli.small import small
from tests.cli.terminal import policy
from tests.house.tree import HOUSE
from troth.policy.source import escape, unescape

TEXTS = sorted((HOUSE / "tests" / "data" / "intake").glob("*.txt"))


def squeezed(text: str) -> str:
    """The text without white space: between Chinese sentences none is printed, wherever it was."""
    return "".join(text.split())


def there_and_back(folder: Path, text: str) -> str:
    """A text imported and published again."""
    raw, draft = folder / "text.txt", folder / "text.troth.md"
    raw.write_text(text, "utf-8")
    outcome = policy("import", raw, "-o", draft, "--force")
    assert outcome.code == 0, outcome.err
    return policy("publish", draft).out


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_five_texts(path: Path, tmp_path: Path) -> None:
    """Each of the five texts comes back, word for word."""
    text = path.read_text("utf-8")
    assert there_and_back(tmp_path, text).split() == text.split()


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_samples_are_the_texts(path: Path) -> None:
    """The policy of each sample is the published text, word for word."""
    said = policy("publish", HOUSE / "samples" / path.stem / "policy.troth.md").out
    assert squeezed(said) == squeezed(path.read_text("utf-8"))


MARKS = """
We collect your name. You may opt out at any time! e.g. U.S. Inc. “quoted” " ' : , ; | 50% $5 ? ! ... é ß ~ 30
我们收集您的姓名。您可以随时删除。 （一） ： 天 《》 …… ！ • - * (a) 1. I. II. A. https://example.com/a?b=c#d a@b.example
# ## ####### ``` ```troth +++ {x} {#s1} {i} {} \\ \\# \\{x} <b> &amp; [x](y)
"""
words = st.sampled_from(MARKS.split())
rows = st.lists(words, min_size=1, max_size=14).map(" ".join)
texts = st.lists(st.one_of(rows, st.just("")), min_size=1, max_size=12).map("\n".join)


@given(text=texts)
@example(text="# 1 in hosting\nUse {x}\n``` code\n+++")
@example(text="+++\na = 1\n+++\nHello.")
@example(text="\\{x}\n\\# a\n\\\\# b\n####### c")
@settings(max_examples=100)
def test_generated_texts(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Any text comes back, in English, Chinese or both, whatever marks of our layout stand in it."""
    if text.strip():
        assert squeezed(there_and_back(tmp_path_factory.mktemp("text"), text)) == squeezed(text)


@given(
    text=st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1).map(
        lambda text: " ".join(text.split())
    )
)
@example(text="\\\\{x}")
@example(text="\\+++")
def test_escapes(text: str) -> None:
    """A line that was escaped reads back as it was."""
    assert unescape(escape(text)) == text


def test_paragraphs(tmp_path: Path) -> None:
    """Sentences of a paragraph run on; headings, bullets and labels have lines of their own."""
    file = tmp_path / "a.troth.md"
    file.write_text(
        "## Who {i}\n\nOne. {i}\nTwo. {i}\n我们收集。 {i}\n您可以。 {i}\n"
        "- first {i}\n- second {i}\nPhone: 123 {i}\n\nThree. {i}\n",
        "utf-8",
    )
    assert (
        policy("publish", file).out
        == "Who\n\nOne. Two. 我们收集。您可以。\n- first\n- second\nPhone: 123\n\nThree.\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "他说：“我们不出售数据。”之后又说明：“除非法律要求。”我们在30天内删除。",
        "我们收集姓名。“个人信息”包括电话。",
        "他说：‘不会。’您可以拒绝。",
    ],
)
def test_no_spaces_in_chinese(tmp_path: Path, text: str) -> None:
    """Between Chinese sentences no space is put, also where one of them begins or ends with a quotation mark."""
    assert there_and_back(tmp_path, f"隐私政策\n\n{text}\n").rstrip("\n").split("\n")[-1] == text


def test_spaces_in_english_quotations(tmp_path: Path) -> None:
    """English sentences keep the space that stands beside a quotation mark."""
    text = "They said “no.” We agreed. “Data” is any data."
    assert there_and_back(tmp_path, f"Privacy\n\n{text}\n").rstrip("\n").split("\n")[-1] == text


def test_publish_needs_no_rules(tmp_path: Path) -> None:
    """A block of rules that is broken does not keep the text from being published."""
    file = small(tmp_path, "policy.troth.md", ("  may collect", "  mai collect"))
    assert policy("publish", file).out.startswith("Your account\n\nWe collect your name")


def test_page_has_an_anchor_at_each_sentence(tmp_path: Path) -> None:
    """The page holds every sentence with its id, escaped, and the hash of the policy."""
    file = small(tmp_path, "policy.troth.md", ("We hope you enjoy", "We hope <b>you</b> & yours enjoy"))
    page = policy("publish", file, "--format", "html").out
    assert (
        '<span class="s" id="s4">We hope &lt;b&gt;you&lt;/b&gt; &amp; yours enjoy our service.</span>' in page
    )
    assert '<h2 class="s" id="s1">Your account</h2>' in page
    assert f'content="{policy("export", file).json["hash"]}"' in page
    assert re.findall(r"https?://", page) == []


def test_output_file(tmp_path: Path) -> None:
    """`-o` writes the same to a file and nothing to the terminal."""
    file = small(tmp_path)
    outcome = policy("publish", file, "-o", tmp_path / "out.txt")
    assert outcome.out == ""
    assert (tmp_path / "out.txt").read_text("utf-8") == policy("publish", file).out


def test_translation(tmp_path: Path) -> None:
    """`--lang zh` publishes the translation that stands beside the policy, with the same anchors."""
    file = small(tmp_path)
    small(
        tmp_path,
        "policy.zh.troth.md",
        ('language = "en"', 'language = "zh"'),
        ("We hope you enjoy our service.", "希望您喜欢我们的服务。"),
    )
    assert "希望您喜欢我们的服务。" in policy("publish", file, "--lang", "zh").out
    page = policy("publish", file, "--lang", "zh", "-f", "html").out
    assert '<html lang="zh">' in page
    assert '<span class="s" id="s4">希望您喜欢我们的服务。</span>' in page


@pytest.mark.parametrize("language", ["fr", "../../etc/passwd", "zh/../..", ".", "z" * 400])
def test_no_translation(tmp_path: Path, language: str) -> None:
    """A translation that is not there, or a language that is none, is refused in words."""
    outcome = policy("publish", small(tmp_path), "--lang", language)
    assert outcome.code == 2
    assert outcome.err.startswith(("error: there is no translation", f"error: `{language[:60]}"))
    assert "there is no translation" in outcome.err or "is not a language" in outcome.err


def translations(folder: Path, *changes: tuple[str, str]) -> Path:
    """The small policy with a Chinese translation beside it, changed so; the path of the policy."""
    small(folder, "policy.zh.troth.md", ('language = "en"', 'language = "zh"'), *changes)
    return small(folder)


APART = [
    ([("We hope you enjoy our service. {#s4 i:greeting}\n", "")], "lacks `s4`", ["s4"]),
    (
        [("{#s4 i:greeting}\n", "{#s9 i:greeting}\n")],
        "lacks `s4`, and has `s9`, which the policy does not have",
        ["s4"],
    ),
    (
        [("{#s4 i:greeting}\n", "{#s4 i}\nWir grüßen. {#s5 i}\n")],
        "has `s5`, which the policy does not have",
        [],
    ),
]


@pytest.mark.parametrize("form", ["text", "html"])
@pytest.mark.parametrize(("changes", "said", "missing"), APART)
def test_incomplete_translation(
    tmp_path: Path, form: str, changes: list[tuple[str, str]], said: str, missing: list[str]
) -> None:
    """A translation that lacks a sentence, or has one of its own, is not published; `check` warns and names the sentences."""
    file = translations(tmp_path, *changes)
    outcome = policy("publish", file, "--lang", "zh", "-f", form)
    assert (outcome.code, outcome.out) == (2, "")
    assert f"the translation {said}\n" in outcome.err
    checked = policy("check", file, "--json")
    (found,) = [one for one in checked.json["findings"] if one["rule"] == "translation-incomplete"]
    assert (checked.code, found["severity"]) == (1, "warn")
    assert found["message"] == f"the translation `policy.zh.troth.md` {said}"
    assert [one["id"] for one in found["sentences"]] == missing


def test_the_page_of_a_translation_names_the_policy(tmp_path: Path) -> None:
    """A translation is no policy of its own: its page carries the hash of the policy, whatever its own tags name."""
    file = translations(tmp_path)
    text = (tmp_path / "policy.zh.troth.md").read_text("utf-8")
    words = text.partition("```troth")[0]
    (tmp_path / "policy.zh.troth.md").write_text(words, "utf-8")
    page = policy("publish", file, "--lang", "zh", "-f", "html")
    hashed = policy("export", file).json["hash"]
    assert f'<meta name="troth-policy" content="{hashed}">' in page.out
    assert page.err == ""
    assert policy("check", tmp_path / "policy.zh.troth.md").code == 0
    compared = policy("diff", file, tmp_path / "policy.zh.troth.md")
    assert (compared.code, compared.out) == (2, "")
    assert "this is a translation, without rules of its own" in compared.err


def test_a_translation_that_promises_another_time(tmp_path: Path) -> None:
    """`check` names the sentence whose translation says another length of time; an equal one in other words is none."""
    file = translations(
        tmp_path, ("If you ask us, we delete them within 30 days.", "应您要求，我们在45天内删除。")
    )
    (found,) = [
        one for one in policy("check", file, "--json").json["findings"] if "translation" in one["rule"]
    ]
    assert found["message"] == "the translation `policy.zh.troth.md` says 45 days, the sentence says 30 days"
    assert (found["severity"], found["rule"]) == ("warn", "translation-number")
    same = tmp_path / "same"
    same.mkdir()
    again = translations(
        same, ("If you ask us, we delete them within 30 days.", "应您要求，我们在三十天内删除。")
    )
    assert policy("check", again).code == 0


def test_a_policy_file_is_not_imported(tmp_path: Path) -> None:
    """`import` drafts from published texts; tags and rules are none."""
    outcome = policy("import", small(tmp_path))
    assert (outcome.code, outcome.out) == (2, "")
    assert "this is a policy file already" in outcome.err


def test_what_is_no_translation(tmp_path: Path) -> None:
    """`check` is silent about complete translations and about other files beside the policy."""
    file = translations(tmp_path)
    small(tmp_path, "policy.old.troth.md", ("We hope you enjoy our service. {#s4 i:greeting}\n", ""))
    small(tmp_path, "other.zh.troth.md", ('language = "en"', 'language = "zh"'), ("{#s4 i", "{#s9 i"))
    assert policy("check", file).code == 0
    assert policy("check", tmp_path / "policy.zh.troth.md").code == 0


def test_translation_that_can_not_be_read(tmp_path: Path) -> None:
    """`check` warns of a translation that is no policy file."""
    file = small(tmp_path)
    (tmp_path / "policy.zh.troth.md").write_text("你好。 {#s1 #s2}\n", "utf-8")
    found = [one["message"] for one in policy("check", file, "--json").json["findings"]]
    assert "the translation `policy.zh.troth.md` can not be read: this tag has two ids" in found


@pytest.mark.parametrize("text", ["", "\n", '+++\nprovider = "X"\nversion = "1"\n+++\n', "```troth\n```\n"])
@pytest.mark.parametrize(
    "words",
    [("publish",), ("publish", "-f", "html"), ("explain",), ("explain", "--json"), ("explain", "-f", "html")],
)
def test_no_sentences(tmp_path: Path, text: str, words: tuple[str, ...]) -> None:
    """A file without a sentence is refused: there is nothing to publish and nothing to explain."""
    file = tmp_path / "empty.troth.md"
    file.write_text(text, "utf-8")
    outcome = policy(words[0], file, *words[1:])
    assert (outcome.code, outcome.out) == (2, "")
    assert f"error: {file}:1:1: the file has no sentences" in outcome.err
