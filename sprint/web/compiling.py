"""Says while a template is compiled what is the same at each visit: once for each language, instead of each time."""

from collections.abc import Callable, Mapping

from jinja2 import Environment, nodes
from jinja2.visitor import NodeTransformer

from sprint import languages

Fixed = Mapping[str, Callable[..., str]]
"""Functions that answer the same as long as the process lives: addresses of files, of routes."""


class _Folding(NodeTransformer):
    """Puts the translation in the place of `_("…")`, and the address in that of `asset("…")` or `link("…")`.

    Where a sentence has values, what is left to do is to put them in. A call with anything but constants stays a call.
    """

    def __init__(self, language: str, fixed: Fixed) -> None:
        self.language, self.fixed = language, fixed

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        self.generic_visit(node)
        if not isinstance(node.node, nodes.Name) or node.dyn_args or node.dyn_kwargs:
            return node
        if not all(isinstance(argument, nodes.Const) for argument in node.args):
            return node
        if node.node.name in ("_", "gettext"):
            return self._sentence(node)
        function = self.fixed.get(node.node.name)
        return node if function is None or node.kwargs else self._address(node, function)

    def _sentence(self, node: nodes.Call) -> nodes.Node:
        (message,) = node.args
        text = languages.in_language(message.as_const(), self.language)
        if not node.kwargs:
            return nodes.MarkSafe(nodes.Const(text % {}), lineno=node.lineno)
        values = nodes.Dict([nodes.Pair(nodes.Const(one.key), one.value) for one in node.kwargs])
        return nodes.Mod(nodes.MarkSafe(nodes.Const(text)), values, lineno=node.lineno)

    def _address(self, node: nodes.Call, function: Callable[..., str]) -> nodes.Node:
        try:
            with languages.using(self.language):
                return nodes.Const(function(*(argument.as_const() for argument in node.args)), lineno=node.lineno)
        except KeyError:
            return node  # an unknown name, or one that wants more: the page that shows it says so


class Compiled(Environment):
    """An environment whose templates are compiled for one `language`, with escaping on everywhere."""

    language = "fr"
    fixed: Fixed = {}  # noqa: RUF012  set once, by whoever makes the environment

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        folded = _Folding(self.language, self.fixed).visit(source)
        return super()._generate(folded, name, filename, defer_init)
