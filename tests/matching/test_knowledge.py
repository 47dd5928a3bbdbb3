"""One file of knowledge: reproducible, and nothing in it to execute."""

import numpy as np
import pytest

from matching import knowledge

DOCUMENTS = {"skills/codes": ["b", "a"], "text/settings": {"terms": 3}}
ARRAYS = {"text/idf": np.arange(3, dtype=np.float32)}


def test_what_was_written_is_read_back(tmp_path):
    written = knowledge.write(tmp_path / "k.zip", documents=DOCUMENTS, arrays=ARRAYS)

    found = knowledge.read(tmp_path / "k.zip")

    assert found.documents == DOCUMENTS
    assert found.arrays["text/idf"].tolist() == [0, 1, 2]
    assert found.version == written.version


def test_the_same_contents_give_the_same_bytes(tmp_path):
    knowledge.write(tmp_path / "one.zip", documents=DOCUMENTS, arrays=ARRAYS)
    knowledge.write(tmp_path / "two.zip", documents=dict(reversed(DOCUMENTS.items())), arrays=ARRAYS)

    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_any_change_of_the_contents_changes_the_version(tmp_path):
    one = knowledge.write(tmp_path / "one.zip", documents=DOCUMENTS, arrays=ARRAYS)
    two = knowledge.write(tmp_path / "two.zip", documents=DOCUMENTS, arrays={"text/idf": np.zeros(3)})

    assert one.version != two.version


def test_pickled_objects_are_refused(tmp_path):
    with pytest.raises(ValueError, match="pickle"):
        knowledge.write(tmp_path / "k.zip", documents={}, arrays={"bad": np.array([{}], dtype=object)})


def test_a_missing_file_says_how_to_make_it(tmp_path):
    with pytest.raises(FileNotFoundError, match="secondments build-knowledge"):
        knowledge.read(tmp_path / "none.zip")
