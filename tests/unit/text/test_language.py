"""What is said of a language whose data are not whole."""

import pytest

from pipeline.errors import PlainError
from pipeline.text.language import Language


def test_a_file_that_a_language_lacks_is_named_with_what_to_do(tmp_path) -> None:
    (tmp_path / "xx").mkdir()
    with pytest.raises(PlainError, match=r"language 'xx' has no headings\.yaml; write it; see \"Adding a language\""):
        Language("xx", tmp_path / "xx").words("headings", "open_ends")
