"""Terms that people wrote down, found in texts."""

from matching.lexicon import Lexicon, plain


def test_each_term_of_a_list_counts_once_however_often_it_is_named():
    lexicon = Lexicon([["hospice", "end of life"], ["solar"]])

    assert lexicon.counts(["A hospice, the hospice: end-of-life care", "Solar", ""]).tolist() == [
        [2, 0],
        [0, 1],
        [0, 0],
    ]


def test_a_term_is_found_as_whole_words_only():
    assert Lexicon([["art"]]).counts(["party", "Art!"]).tolist() == [[0], [1]]


def test_a_term_of_two_lists_counts_for_both():
    assert Lexicon([["skills"], ["skills", "school"]]).counts(["skills"]).tolist() == [[1, 1]]


def test_very_short_and_very_long_terms_are_left_out():
    assert Lexicon([["it", "one two three four five", "solar"]]).terms == ("solar",)


def test_accents_case_and_punctuation_do_not_matter():
    assert plain("  Crèche, R.A.F. ") == "creche r a f"
    assert Lexicon([["Crèche"]]).counts(["our creche"]).tolist() == [[1]]
