"""Runs one file of tests with unittest or pytest, and tells Podium, outside of the box, what became of each test.

It is started in a box of its own: `python .podium/python-runner.py`. From standard input it gets one line of JSON: the
key of this run, the framework, the file of tests, and the paths that are the author's. It writes to descriptor 3, a line
each, `MAC JSON`: the MAC is made with the key and the line's number, so that whoever does not have the key can't write a
line that counts, nor leave one out. The answer is loaded after the key was read and the channel said hello. Podium counts
a file of tests only where every expected test reported, the control tests, which are false, failed, and the end was told.

What runs in this process can, with enough knowledge of this file, find what this file keeps. That is why its results are
not for exams: see "tests" in exercises/README.md.
"""


def main():
    import ast
    import hashlib
    import hmac
    import importlib.util
    import io
    import json
    import os
    import sys
    import time
    import traceback
    import types
    import unittest

    told = json.loads(sys.stdin.buffer.readline())
    signer = hmac.new(bytes.fromhex(told["key"]), None, hashlib.sha256)
    here = os.getcwd()
    own = {os.path.join(here, path) for path in told["ownFiles"]}
    path = os.path.join(here, told["file"])
    state = {"number": 0, "noted": None}
    write, dumps, clock, exit_now = os.write, json.dumps, time.perf_counter, os._exit
    os.set_inheritable(3, False)
    # What was told must not be read a second time.
    empty = os.open(os.devnull, os.O_RDONLY)
    os.dup2(empty, 0)
    os.close(empty)
    del told["key"]

    def send(message):
        body = dumps(message)
        mac = signer.copy()
        mac.update(f"{state['number']}:{body}".encode())
        state["number"] += 1
        rest = memoryview(f"{mac.hexdigest()} {body}\n".encode())
        while rest:
            rest = rest[write(3, rest) :]

    # An object that says it equals everything must not be what it says. A class is foreign where the answer wrote its
    # __eq__; an object of such a class is only compared with others of the same class.
    function, wrapper = types.FunctionType, type(object.__eq__)
    mro = type.__dict__["__mro__"].__get__
    names = type.__dict__["__dict__"].__get__
    mocks = os.path.join(os.path.dirname(unittest.__file__), "mock.py")
    heap_type = 1 << 9

    def is_foreign(kind):
        if type(kind) is not type and names(type(kind)).get("__eq__") is not None:
            return True
        for base in mro(kind):
            equal = names(base).get("__eq__")
            if equal is None:
                continue
            if not base.__flags__ & heap_type or base is object:
                return False
            if type(equal) is not function:
                return type(equal) is not wrapper
            name = equal.__code__.co_filename
            return (name.startswith(here) or name.startswith("<") or name == mocks) and name not in own
        return False

    def foreign_kinds(value):
        found, seen, waiting = set(), set(), [value]
        while waiting and len(seen) < 10000:
            value = waiting.pop()
            kind = type(value)
            if id(value) in seen or kind in (int, str, float, bool, bytes, type(None)):
                continue
            seen.add(id(value))
            if is_foreign(kind):
                found.add(kind)
            if isinstance(value, dict):
                waiting.extend(dict.keys(value))
                waiting.extend(dict.values(value))
            elif isinstance(value, (list, tuple, set, frozenset)):
                for base in (list, tuple, set, frozenset):
                    if isinstance(value, base):
                        waiting.extend(base.__iter__(value))
            try:
                fields = object.__getattribute__(value, "__dict__")
            except AttributeError:
                continue
            if kind.__flags__ & heap_type and type(fields) is dict:
                waiting.extend(fields.values())
        return found

    def is_fair(given, expected):
        return foreign_kinds(given) == foreign_kinds(expected)

    def shown(value):
        try:
            return repr(value)[:2000]
        except BaseException as error:
            return f"<no repr: {type(error).__name__}>"

    unfair = "An object of your own class is compared with something else. Return the value itself."

    def equal(given, expected):
        state["noted"] = (given, expected)
        return given == expected if is_fair(given, expected) else False

    def unequal(given, expected):
        state["noted"] = (given, expected)
        return given != expected if is_fair(given, expected) else True

    def within(given, expected):
        state["noted"] = (given, expected)
        if isinstance(expected, (list, tuple, set, frozenset, dict)) and foreign_kinds(given) - foreign_kinds(expected):
            return False
        return given in expected

    class Comparisons(ast.NodeTransformer):
        """In the author's files, comparisons go through the functions above."""

        called = {ast.Eq: "__podium_equal__", ast.NotEq: "__podium_unequal__", ast.In: "__podium_within__"}

        def visit_Compare(self, node):
            self.generic_visit(node)
            name = self.called.get(type(node.ops[0])) if len(node.ops) == 1 else None
            if name is None:
                return node
            call = ast.Call(ast.Name(name, ast.Load()), [node.left, node.comparators[0]], [])
            return ast.fix_missing_locations(ast.copy_location(call, node))

    added = {"__podium_equal__": equal, "__podium_unequal__": unequal, "__podium_within__": within}

    def place_of(trace):
        """The innermost line of the answer, else of the tests."""
        frames = [(frame.f_code.co_filename, line) for frame, line in traceback.walk_tb(trace)]
        inside = [(name, line) for name, line in frames if name.startswith(here + "/") and "/.podium/" not in name]
        mine = [each for each in inside if each[0] not in own] or inside
        if not mine:
            return None
        return {"path": os.path.relpath(mine[-1][0], here), "line": mine[-1][1]}

    def failure_of(error, is_assertion):
        said = str(error) if is_assertion else "".join(traceback.format_exception_only(type(error), error)).strip()
        noted = state["noted"] if is_assertion else None
        if noted is not None and "__podium_" in said:
            said = f"{shown(noted[0])} is given, and {shown(noted[1])} is expected."
        return {
            "outcome": "failed" if is_assertion else "errored",
            "message": said[:2000],
            "error": type(error).__name__ if type(error).__module__ == "builtins" else None,
            "isSyntax": isinstance(error, SyntaxError),
            "expected": None if noted is None else shown(noted[1]),
            "actual": None if noted is None else shown(noted[0]),
            "place": place_of(error.__traceback__),
        }

    passed = {"outcome": "passed", "message": None, "error": None, "isSyntax": False}
    passed.update(expected=None, actual=None, place=None)

    class Output(io.TextIOBase):
        def __init__(self):
            self.text = ""

        def writable(self):
            return True

        def write(self, text):
            if len(self.text) < 8000:
                self.text += str(text)[:8000]
            return len(text)

    def report(name, about, outcome, started, output):
        send(
            {
                "kind": "test",
                "name": name,
                "about": about,
                "output": output,
                "durationMs": (clock() - started) * 1000,
                **outcome,
            }
        )

    def guard_assertions():
        """Every assertion that compares notes what it compares, and refuses what is not fair."""

        def guarded(original):
            def compare(self, first, second, *rest, **named):
                state["noted"] = (first, second)
                if not is_fair(first, second):
                    raise self.failureException(unfair)
                return original(self, first, second, *rest, **named)

            compare.__unittest = True
            return compare

        two = "Equal NotEqual AlmostEqual NotAlmostEqual ListEqual TupleEqual DictEqual SetEqual SequenceEqual "
        two += "MultiLineEqual CountEqual Greater GreaterEqual Less LessEqual"
        for name in two.split():
            setattr(unittest.TestCase, f"assert{name}", guarded(getattr(unittest.TestCase, f"assert{name}")))
        one = unittest.TestCase.assertIn

        def assert_in(self, member, container, msg=None):
            if not within(member, container):
                one(self, member, container if is_fair(member, container) else [], msg)

        assert_in.__unittest = True
        unittest.TestCase.assertIn = assert_in

    def snapshot(*modules):
        """What somebody would have to change to make false tests pass: where it is kept, by which name, and its code."""
        held = []

        def hold(fields):
            for name, value in fields.items():
                if isinstance(value, (types.FunctionType, type, types.BuiltinFunctionType, staticmethod, classmethod)):
                    held.append((fields, name, value, value.__code__ if type(value) is function else None))

        hold(sys.modules["builtins"].__dict__)
        for module in modules:
            hold(module.__dict__)
            for kind in module.__dict__.values():
                if isinstance(kind, type) and kind.__flags__ & heap_type:
                    hold(names(kind))
        return held

    def is_intact(held):
        for fields, name, value, code in held:
            if fields.get(name) is not value or (code is not None and value.__code__ is not code):
                return False
        return sys.gettrace() is None and sys.getprofile() is None

    def control():
        """False tests, which have to fail."""

        class Control(unittest.TestCase):
            def test_equal(self):
                self.assertEqual(1, 2)

            def test_true(self):
                self.assertTrue(False)

            def test_raises(self):
                with self.assertRaises(ValueError):
                    pass

            def test_in(self):
                self.assertIn(1, [2])

        result = unittest.TestResult()
        unittest.defaultTestLoader.loadTestsFromTestCase(Control).run(result)
        return len(result.failures) == 4 and result.testsRun == 4

    def load(name):
        with open(path, "rb") as file:
            tree = ast.parse(file.read(), path)
        module = types.ModuleType(name)
        module.__file__ = path
        module.__dict__.update(added)
        sys.modules[name] = module
        exec(compile(Comparisons().visit(tree), path, "exec"), module.__dict__)
        return module

    framework_modules = (unittest.case, unittest.result, unittest.suite, unittest.loader)

    def run_unittest():
        guard_assertions()
        held = snapshot(*framework_modules)
        find_tests, run_suite = unittest.defaultTestLoader.loadTestsFromModule, unittest.TestSuite.run
        send({"kind": "control", "isFailed": control()})

        class Result(unittest.TestResult):
            def startTest(self, test):
                super().startTest(test)
                state["noted"] = None
                self.outcome, self.started, self.printed = passed, clock(), Output()
                self.before = sys.stdout, sys.stderr
                sys.stdout = sys.stderr = self.printed

            def stopTest(self, test):
                sys.stdout, sys.stderr = self.before
                super().stopTest(test)
                if self.outcome is passed and not is_intact(held):
                    self.outcome = {**passed, "outcome": "failed", "message": "The test framework was changed."}
                name = test.id().split(".", 1)[-1]
                report(name, test.shortDescription(), self.outcome, self.started, self.printed.text)

            def note(self, error, is_assertion):
                if self.outcome is passed or self.outcome["outcome"] == "failed":
                    self.outcome = failure_of(error[1], is_assertion)

            def addError(self, test, error):
                super().addError(test, error)
                if not hasattr(self, "started"):
                    send({"kind": "load", **failure_of(error[1], False)})
                else:
                    self.note(error, False)

            def addFailure(self, test, error):
                super().addFailure(test, error)
                self.note(error, True)

            def addSubTest(self, test, subtest, error):
                super().addSubTest(test, subtest, error)
                if error is not None:
                    self.note(error, issubclass(error[0], test.failureException))

            def addSkip(self, test, reason):
                super().addSkip(test, reason)
                self.outcome = {**passed, "outcome": "skipped", "message": reason}

            def addUnexpectedSuccess(self, test):
                super().addUnexpectedSuccess(test)
                self.outcome = {**passed, "outcome": "failed", "message": "It was expected to fail."}

        try:
            module = load("tests")
            suite = find_tests(module)
            held += snapshot(module)
        except BaseException as error:
            send({"kind": "load", **failure_of(error, False)})
            return
        run_suite(suite, Result())
        send({"kind": "control", "isFailed": is_intact(held) and control()})

    def run_pytest():
        import _pytest.assertion.rewrite as rewrite
        import pytest

        guard_assertions()
        held = snapshot(*framework_modules)
        control_file = os.path.join(here, ".podium", "test_control.py")
        with open(control_file, "w") as file:
            file.write("import pytest\ndef test_equal():\n    assert 1 == 2\n")
            file.write("def test_raises():\n    with pytest.raises(ValueError):\n        pass\n")
        rewrite_asserts = rewrite.rewrite_asserts

        def compare_and_rewrite(tree, *rest, **named):
            Comparisons().visit(tree)
            start = 1 if tree.body and isinstance(tree.body[0], ast.Expr) else 0
            while start < len(tree.body) and isinstance(tree.body[start], ast.ImportFrom):
                if tree.body[start].module != "__future__":
                    break
                start += 1
            get = ast.parse("import builtins as __podium__").body + [
                ast.parse(f"{name} = __podium__.{name}").body[0] for name in added
            ]
            for node in get:
                ast.copy_location(node, tree.body[0] if tree.body else ast.Module([], []))
                ast.fix_missing_locations(node)
            tree.body[start:start] = get
            return rewrite_asserts(tree, *rest, **named)

        rewrite.rewrite_asserts = compare_and_rewrite
        sys.modules["builtins"].__dict__.update(added)

        class Plugin:
            def __init__(self):
                self.failed = 0
                self.outcomes = {}
                self.about = {}

            def pytest_addoption(self, parser):
                # Up to pytest 7.2 comparing asks for an option of the terminal, which is off here.
                parser.addoption("--verbose", type=int, default=0, dest="verbose")

            def pytest_collection_modifyitems(self, items):
                for module in {id(item.module): item.module for item in items if hasattr(item, "module")}.values():
                    held.extend(snapshot(module))
                for item in items:
                    doc = getattr(getattr(item, "function", None), "__doc__", None)
                    self.about[item.nodeid] = doc.strip().split("\n")[0] if doc else None

            def pytest_collectreport(self, report):
                if report.failed and ".podium" not in report.nodeid:
                    said = str(report.longrepr)
                    message = (said.strip().split("\n") or [""])[-1]
                    syntax = "SyntaxError" in said or "IndentationError" in said
                    send({"kind": "load", **passed, "outcome": "errored", "message": message[:2000], "isSyntax": syntax})

            @pytest.hookimpl(hookwrapper=True)
            def pytest_runtest_makereport(self, item, call):
                got = yield
                result = got.get_result()
                outcome = self.outcomes.setdefault(item.nodeid, {"started": clock(), **passed})
                if call.excinfo is not None and outcome["outcome"] == "passed":
                    error = call.excinfo.value
                    if result.skipped:
                        outcome.update({"outcome": "skipped", "message": str(error)})
                    else:
                        failed = isinstance(error, (AssertionError, pytest.fail.Exception))
                        outcome.update(failure_of(error, failed))
                if call.when == "call":
                    state["noted"] = None
                if call.when == "teardown":
                    started = outcome.pop("started")
                    if "/.podium/" in f"/{item.nodeid}":
                        self.failed += outcome["outcome"] == "failed"
                        return
                    if outcome["outcome"] == "passed" and not is_intact(held):
                        outcome.update({"outcome": "failed", "message": "The test framework was changed."})
                    name = item.nodeid.split("::", 1)[-1]
                    printed = "".join(text for _, text in result.sections)[:8000]
                    report(name, self.about.get(item.nodeid), outcome, started, printed)

        plugin = Plugin()
        quiet = ["-p", "no:cacheprovider", "-p", "no:terminal", "--rootdir", here, "-c", os.devnull]
        for target in (control_file, path, control_file):
            before = plugin.failed
            pytest.main([*quiet, target], plugins=[plugin])
            if target == control_file:
                send({"kind": "control", "isFailed": plugin.failed == before + 2})
                for name in [name for name in sys.modules if name == "test_control"]:
                    del sys.modules[name]
                plugin.outcomes.clear()

    def refuse(event, args):
        """Nobody looks for what is kept here, nor runs beside the tests."""
        if event in refused or (event == "open" and isinstance(args[0], str) and args[0].startswith("/proc/")):
            raise PermissionError(f"{event} is not allowed in tests")

    refused = {"sys.settrace", "sys.setprofile", "sys._current_frames", "gc.get_objects", "gc.get_referrers"}
    refused |= {"gc.get_referents", "ctypes.string_at", "ctypes.wstring_at", "ctypes.cdata", "ctypes.cdata/buffer"}
    sys.addaudithook(refuse)
    framework = told["framework"]
    sys.path[:] = [here, *(each for each in sys.path if not each.endswith("/.podium"))]
    sys.modules["__main__"] = types.ModuleType("__main__")
    send({"kind": "hello"})
    if framework == "pytest":
        run_pytest()
    else:
        run_unittest()
    send({"kind": "end", "count": state["number"]})
    exit_now(0)


main()
