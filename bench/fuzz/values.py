"""Values made by chance from the schemas of the OpenAPI document: mostly what is asked for, often what is not."""

import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

Schema = Mapping[str, Any]
HOSTILE: tuple[object, ...] = (
    None, True, 0, -1, 2**63, 10**30, 1e308, 0.1, "", " ", "\x00", "'; DROP TABLE account; --", "{{7*7}}", "../../etc",
    "<script>alert(1)</script>", "=1+1", "\u202e\u200b", "𠮷" * 40, "e\u0301", "9" * 400, [], {}, [None], {"a": {}},
    "00000000-0000-0000-0000-000000000000", "2026-02-30", "0001-01-01", "9999-12-31T23:59:59Z", "NaN", "-0",
    "\ud800", "２０２６－１１－２２", "a\r\nX-Injected: 1", "%00", "true", "null",
)  # fmt: skip
DEPTH = 5


class Maker:
    """Makes values; remembers ids that were seen in answers, so that paths lead somewhere."""

    def __init__(self, seed: int, components: Mapping[str, Schema]) -> None:
        """Begin with no id."""
        self.chance, self.components = random.Random(seed), components
        self.seen: list[str] = []
        self.sections: dict[str, list[dict[str, Any]]] = {}
        """The fields of a programme's sections, as `GET /programmes` describes them."""

    def value(self, schema: Schema, depth: int = 0) -> object:
        """A value for a schema; one in twelve is hostile whatever the schema says."""
        if self.chance.random() < 1 / 12:
            return self.chance.choice(HOSTILE)
        schema = self._resolved(schema)
        if choices := schema.get("anyOf") or schema.get("oneOf"):
            return self.value(self.chance.choice(choices), depth + 1)
        if "enum" in schema:
            return self.chance.choice(schema["enum"])
        if "const" in schema:
            return schema["const"]
        return self._of_type(schema, depth)

    def _resolved(self, schema: Schema) -> Schema:
        """The schema behind a reference."""
        while "$ref" in schema:
            schema = self.components[str(schema["$ref"]).rsplit("/", 1)[-1]]
        return schema

    def _of_type(self, schema: Schema, depth: int) -> object:
        """A value of the type that the schema names; anything where it names none."""
        makers: Mapping[str, Callable[[], object]] = {
            "object": lambda: self._object(schema, depth),
            "array": lambda: self._array(schema, depth),
            "integer": lambda: self.chance.randint(int(schema.get("minimum", 0)), int(schema.get("maximum", 300))),
            "number": lambda: round(self.chance.uniform(-10, 10_000), 2),
            "boolean": lambda: self.chance.random() < 0.5,
            "null": lambda: None,
            "string": lambda: self._text(schema),
        }
        maker = makers.get(str(schema.get("type")))
        return maker() if maker else self.chance.choice(HOSTILE)

    def _object(self, schema: Schema, depth: int) -> dict[str, object]:
        """The properties, each but for a few; sometimes one that nobody asked for."""
        if depth > DEPTH:
            return {}
        required = set(schema.get("required", ()))
        made = {
            name: self.value(inner, depth + 1)
            for name, inner in schema.get("properties", {}).items()
            if self.chance.random() < (0.97 if name in required else 0.6)
        }
        if schema.get("additionalProperties") and "properties" not in schema:
            made |= self._record()
        return made | ({"nobody_asked": 1} if self.chance.random() < 1 / 20 else {})

    def _record(self) -> dict[str, object]:
        """The values of some section, most of them of the right kind."""
        fields = self.chance.choice([*self.sections.values(), []])
        return {str(field["field"]): self._of_field(field) for field in fields if self.chance.random() < 0.8}

    def _of_field(self, field: Schema) -> object:
        """A value for a field of a section."""
        if self.chance.random() < 1 / 10:
            return self.chance.choice(HOSTILE)
        kind, known = str(field["type"]), self._text({"format": "uuid"})
        good: Mapping[str, object] = {
            "choice": (self.chance.choice(field.get("choices") or [{}])).get("value"),
            "date": self._text({"format": "date"}), "boolean": self.chance.choice([True, False, None]),
            "integer": self.chance.choice([0, 1, 2026, -3]), "decimal": self.chance.choice(["12.5", 0, "1e9"]),
            "scans": [known], "organization": known, "photo": known, "email": "a@b.cn", "phone": "13805342001",
            "id_number": "371402199001011237",
        }  # fmt: skip
        return good.get(kind, "张伟")

    def _array(self, schema: Schema, depth: int) -> list[object]:
        """A few items."""
        most = min(int(schema.get("maxItems", 3)), 3)
        inner = schema.get("items", {})
        return [self.value(inner, depth + 1) for _ in range(self.chance.randint(0, most))]

    def _text(self, schema: Schema) -> str:
        """A text of the format; an id that was seen, three times in four."""
        match schema.get("format"):
            case "uuid":
                is_known = self.seen and self.chance.random() < 0.75
                return self.chance.choice(self.seen) if is_known else str(UUID(int=self.chance.getrandbits(128)))
            case "date":
                return f"20{self.chance.randint(10, 30)}-0{self.chance.randint(1, 9)}-1{self.chance.randint(0, 9)}"
            case "date-time":
                return f"2026-1{self.chance.randint(0, 2)}-1{self.chance.randint(0, 9)}T08:00:00+08:00"
        words: Sequence[str] = ("dezhou-talent-pool", "张伟", "zhang", "approve", "371402", "mobile", "x" * 30)
        if self.sections and self.chance.random() < 1 / 3:
            return self.chance.choice(list(self.sections))
        return self.chance.choice(words)

    def remember(self, answer: object) -> None:
        """Keep the ids of an answer."""
        if isinstance(answer, dict):
            for value in answer.values():
                self.remember(value)
        elif isinstance(answer, list):
            for value in answer[:10]:
                self.remember(value)
        elif isinstance(answer, str) and len(answer) == 36 and answer.count("-") == 4:
            self.seen = [*self.seen[-400:], answer]
