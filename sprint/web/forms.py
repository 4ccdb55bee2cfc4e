"""Forms: WTForms fields with French and English messages, and what every form of this site shares."""

from collections.abc import Iterator
from functools import cache
from typing import ClassVar, TypeVar

from starlette.datastructures import FormData, QueryParams
from wtforms import Field, Form
from wtforms.i18n import DefaultTranslations, get_translations
from wtforms.meta import DefaultMeta
from wtforms.validators import StopValidation

from sprint import languages
from sprint.web.visit import Invalid
from sprint.words import Words

FormType = TypeVar("FormType", bound=Form)


class Posted:
    """What WTForms reads: every value of every name, without what no database takes (NUL, lone surrogates)."""

    def __init__(self, data: FormData | QueryParams) -> None:
        self._data = data

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)

    def __len__(self) -> int:
        return len(self._data)

    def __contains__(self, name: str) -> bool:
        return name in self._data

    def getlist(self, name: str) -> list[str]:
        return [clean(value) for value in self._data.getlist(name) if isinstance(value, str)]


def clean(text: str) -> str:
    """`text` without NUL and lone surrogates."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


class SprintForm(Form):
    """A form whose messages are in the language of the page."""

    class Meta(DefaultMeta):
        cache_translations = False

        def get_translations(self, form: Form) -> DefaultTranslations:
            return _translations(languages.current())


@cache
def _translations(language: str) -> DefaultTranslations:
    """WTForms looks for the files of a language each time it is asked."""
    found: DefaultTranslations = get_translations([language])
    return found


class Needed:
    """A field one must fill in, with the sentence that says what to write: the summary of a page has no room for its label."""

    field_flags: ClassVar = {"required": True}

    def __init__(self, words: Words) -> None:
        self.words = words

    def __call__(self, form: Form, field: Field) -> None:
        if not field.data:
            raise StopValidation(languages.speak(self.words))


def valid(form: FormType) -> FormType:
    """The form when it holds; else Invalid, with which the frame shows its page again (422)."""
    if not form.validate():
        raise Invalid(form)
    return form
