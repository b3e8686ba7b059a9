"""A field of a section: its type, its words, what may be in it, and how its value is read."""

from dataclasses import dataclass

from shared.programmes.shape.faults import LACKING, SENTENCES, Fault, Unfit, sentence
from shared.programmes.shape.kinds import Asked, Kind, Offer, Type
from shared.programmes.shape.masks import Mask
from shared.programmes.shape.readings import Reader
from shared.programmes.shape.typing_in import is_blank
from shared.programmes.shape.words import Choice, Json, Words


@dataclass(frozen=True)
class Field:
    """One field as everyone sees it: the API describes it, the profile reads it, the portal draws it."""

    field: str
    type: Type
    title: Words
    help: Words | None
    required: bool
    max_length: int | None
    minimum: int | None
    maximum: int | None
    mask: Mask
    purpose: str | None
    _read: Reader
    _of: Offer | None

    @classmethod
    def declared(cls, name: str, kind: Kind, asked: Asked) -> "Field":
        """The field that an annotation (`kind`) and a programme's words (`asked`) make together."""
        purposes = {Type.PHOTO: "photo", Type.SCANS: asked.purpose}
        return cls(
            field=name,
            type=kind.type,
            title=asked.title,
            help=Words(*asked.help) if asked.help else None,
            required=asked.required,
            max_length=kind.max_length,
            minimum=kind.minimum if asked.minimum is None else asked.minimum,
            maximum=kind.maximum if asked.maximum is None else asked.maximum,
            mask=asked.mask or kind.mask,
            purpose=purposes.get(kind.type),
            _read=kind.read,
            _of=asked.of,
        )

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What a choice offers, in order; empty for every other type."""
        return self._of() if self._of else ()

    def read(self, value: object) -> Json:
        """The value as it is kept; null where nothing was given. Raises Unfit for what cannot be taken."""
        if is_blank(value):
            return None
        if self.mask.is_on(value):
            raise Unfit("masked_value")
        kept = self._read(value, self)
        return None if is_blank(kept) else kept

    def fault(self, unfit: Unfit) -> Fault:
        """What is wrong, in a sentence that names this field."""
        return Fault(self.field, unfit.code, sentence(SENTENCES[unfit.code], title=self.title, **unfit.facts))

    def lacking(self) -> Fault:
        """That this required field is empty, and what to do."""
        match self.type:
            case Type.CHOICE | Type.ORGANIZATION | Type.BOOLEAN:
                wanted = LACKING["chosen"]
            case Type.PHOTO | Type.SCANS:
                wanted = LACKING["uploaded"]
            case _:
                wanted = LACKING["entered"]
        return Fault(self.field, "required", sentence(wanted, title=self.title))

    def say(self, value: Json, language: str) -> str:
        """The value as people read it: a choice by its title, yes and no, scans by their number."""
        if value is None:
            return ""
        if self.type is Type.CHOICE:
            return next((choice.title.say(language) for choice in self.choices if choice.value == value), str(value))
        if self.type is Type.BOOLEAN:
            return (Words("是", "Yes") if value else Words("否", "No")).say(language)
        if isinstance(value, list | tuple):
            return Words(f"{len(value)} 份", f"{len(value)} files" if len(value) != 1 else "1 file").say(language)
        return str(value)

    def describe(self) -> dict[str, Json]:
        """The field as the API shows it."""
        return {
            "field": self.field,
            "type": self.type.value,
            "title": self.title.both(),
            "help": self.help.both() if self.help else None,
            "required": self.required,
            "max_length": self.max_length,
            "choices": [choice.describe() for choice in self.choices],
        }
