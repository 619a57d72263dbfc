"""ETags and the two conditional headers."""

import pytest
from pydantic import BaseModel

from api.core.etag import PreconditionFailed, PreconditionRequired, answer_if_changed, check_if_match, etag


class Thing(BaseModel):
    name: str = "now"


class TestIfMatch:
    @pytest.mark.parametrize("header", ['"v3"', '"v2", "v3"', "*"])
    def test_the_current_version_passes(self, header: str) -> None:
        check_if_match(header, 3, current=Thing(), required=True)

    @pytest.mark.parametrize("header", ['"v2"', 'W/"v3"', "v3", '"v30"', ""])
    def test_another_version_is_told_how_it_is_now(self, header: str) -> None:
        with pytest.raises(PreconditionFailed) as caught:
            check_if_match(header, 3, current=Thing())
        assert caught.value.extra.model_dump() == {"current": {"name": "now"}}
        assert caught.value.headers == {"ETag": '"v3"'}

    def test_is_demanded_only_where_required(self) -> None:
        check_if_match(None, 3, current=Thing())
        with pytest.raises(PreconditionRequired):
            check_if_match(None, 3, current=Thing(), required=True)


class TestIfNoneMatch:
    @pytest.mark.parametrize("header", ['"v3"', 'W/"v3"', '"v1", "v3"', "*"])
    def test_what_is_known_is_not_sent_again(self, header: str) -> None:
        answer = answer_if_changed(header, 3, Thing())
        assert (answer.status_code, answer.body, answer.headers["etag"]) == (304, b"", etag(3))

    @pytest.mark.parametrize("header", [None, '"v2"'])
    def test_what_changed_is_sent(self, header: str | None) -> None:
        answer = answer_if_changed(header, 3, Thing())
        assert (answer.status_code, answer.body) == (200, b'{"name":"now"}')
