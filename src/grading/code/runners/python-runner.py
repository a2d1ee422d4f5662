"""Runs one file of tests with unittest or pytest, and tells Podium, outside of the box, what became of each test.

It is started in a box of its own: `python .podium/python-runner.py`. From standard input it gets one line: the key of
this run in hexadecimal, a blank, and as JSON the framework, the file of tests, and the paths that are the author's. It writes to descriptor 3, a line
each, `MAC JSON`: the MAC is made with the key and the line's number, so that whoever does not have the key can't write a
line that counts, nor leave one out. The answer is loaded after the key was read and the channel said hello. Podium counts
a file of tests only where every expected test reported, the control tests, which are false, failed, and the end was told.

The key is kept by a function that nothing in Python leads to: a hook of `sys.audit`. It takes messages from the code of this
file only, and looks itself whether the framework is as it was before the answer was loaded.

What runs in this process can, with enough knowledge of this file, find what this file keeps. That is why its results are
not for exams: see "tests" in exercises/README.md.
"""


def main():
    import ast
    import contextlib
    import hashlib
    import importlib.util
    import io
    import json
    import os
    import signal
    import sys
    import time
    import traceback
    import types
    import unittest

    key, told = sys.stdin.buffer.readline().decode().split(" ", 1)
    told = json.loads(told)
    here = os.getcwd()
    own = {os.path.join(here, path) for path in told["ownFiles"]}
    path = os.path.join(here, told["file"])
    state = {"noted": None}
    clock, exit_now = time.perf_counter, os._exit
    os.set_inheritable(3, False)
    # What was told must not be read a second time, here or in this process's memory.
    empty = os.open(os.devnull, os.O_RDONLY)
    os.dup2(empty, 0)
    os.close(empty)
    hide_memory()
    places = [each for each in sys.path if each != "" and not each.startswith(here)]
    keep(key, {*places, *map(os.path.realpath, places)}, own)
    del key
    audit = sys.audit

    def send(message):
        audit("podium.send", message)

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

    def hold(*things):
        """Notes what somebody would have to change to make false tests pass, and fixes of it what can be fixed."""
        audit("podium.hold", things)

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

    framework_modules = (unittest.case, unittest.result, unittest.suite, unittest.loader, contextlib)

    def run_unittest():
        guard_assertions()
        fix_classes(*framework_modules)
        hold(sys.modules["builtins"], *framework_modules)
        find_tests, run_suite = unittest.defaultTestLoader.loadTestsFromModule, unittest.TestSuite.run
        send({"kind": "control", "isFailed": control()})

        class Result(unittest.TestResult):
            def startTest(self, test):
                super().startTest(test)
                audit("podium.begin")
                state["noted"] = None
                self.outcome, self.started, self.printed = passed, clock(), Output()
                self.before = sys.stdout, sys.stderr
                sys.stdout = sys.stderr = self.printed

            def stopTest(self, test):
                sys.stdout, sys.stderr = self.before
                super().stopTest(test)
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

        fix_classes(Result)
        forget_memory()
        try:
            module = load("tests")
            suite = find_tests(module)
            hold(module, Result, report)
        except BaseException as error:
            send({"kind": "load", **failure_of(error, False)})
            return
        run_suite(suite, Result())
        send({"kind": "control", "isFailed": control()})

    def run_pytest():
        import _pytest.assertion.rewrite as rewrite
        import pytest

        guard_assertions()
        pytest_modules = [sys.modules[name] for name in sorted(sys.modules) if name.split(".")[0] in ("_pytest", "pluggy")]
        fix_classes(*framework_modules)
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
                self.collections = 0
                self.outcomes = {}
                self.about = {}

            def pytest_addoption(self, parser):
                # Up to pytest 7.2 comparing asks for an option of the terminal, which is off here.
                parser.addoption("--verbose", type=int, default=0, dest="verbose")

            def pytest_collection(self):
                # All is set up, and in the first two runs nothing of the answer is loaded. What pytest itself has changed
                # since it began, it changes at each beginning.
                self.collections += 1
                if self.collections <= 2:
                    audit("podium.settle")
                forget_memory()

            def pytest_collection_modifyitems(self, items):
                hold(*{id(item.module): item.module for item in items if hasattr(item, "module")}.values())
                for item in items:
                    doc = getattr(getattr(item, "function", None), "__doc__", None)
                    self.about[item.nodeid] = doc.strip().split("\n")[0] if doc else None

            def pytest_runtest_logstart(self, nodeid, location):
                audit("podium.begin")

            def pytest_collectreport(self, report):
                if report.failed and ".podium" not in report.nodeid:
                    said = str(report.longrepr)
                    lines = said.strip().split("\n")
                    # The error itself; after it comes the place only.
                    errors = [line[1:].strip() for line in lines if line.startswith("E ")]
                    message = (errors or lines)[-1]
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
                    name = item.nodeid.split("::", 1)[-1]
                    printed = "".join(text for _, text in result.sections)[:8000]
                    report(name, self.about.get(item.nodeid), outcome, started, printed)

        plugin = Plugin()
        hold(sys.modules["builtins"], *framework_modules, *pytest_modules, Plugin, report)
        quiet = ["-p", "no:cacheprovider", "-p", "no:terminal", "--rootdir", here, "-c", os.devnull]
        for target in (control_file, path, control_file):
            before = plugin.failed
            pytest.main([*quiet, target], plugins=[plugin])
            if target == control_file:
                send({"kind": "control", "isFailed": plugin.failed == before + 2})
                for name in [name for name in sys.modules if name == "test_control"]:
                    del sys.modules[name]
                plugin.outcomes.clear()

    def set_signal(number, handler):
        """Whoever handles a signal is not told what it interrupted."""
        before = []
        audit("podium.signal", number, (lambda number, _: handler(number, None)) if callable(handler) else handler, before)
        return before[0]

    signal.signal = sys.modules["_signal"].signal = set_signal
    framework = told["framework"]
    sys.path[:] = [here, *(each for each in sys.path if not each.endswith("/.podium"))]
    sys.modules["__main__"] = types.ModuleType("__main__")
    send({"kind": "hello"})
    if framework == "pytest":
        run_pytest()
    else:
        run_unittest()
    send({"kind": "end"})
    exit_now(0)


def hide_memory():
    """Neither this process nor one that it starts can open its memory as a file. Without the C library it stays as it is."""
    try:
        import ctypes

        ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)
    except Exception:
        pass


def fix_classes(*things):
    """Nobody can give classes that are fixed another method. Where Python is older than that, it stays as it is."""
    try:
        from ctypes import c_ulong
    except ImportError:
        return
    offset, heap_type, immutable = 168, 1 << 9, 1 << 8
    kinds = [thing for thing in things if isinstance(thing, type)]
    for thing in things:
        if not isinstance(thing, type):
            kinds += [kind for kind in vars(thing).values() if isinstance(kind, type)]
    for kind in kinds:
        if kind.__flags__ & heap_type:
            flags = c_ulong.from_address(id(kind) + offset)
            if flags.value == kind.__flags__:
                flags.value |= immutable


def forget_memory():
    """What reaches into memory is for this file, and for libraries of the system that load it anew."""
    import sys

    for name in [name for name in sys.modules if name.split(".")[0] in ("ctypes", "_ctypes")]:
        del sys.modules[name]


def keep(key, roots, own):
    """Installs the hook that has the key. `roots`: where the system's own modules are; `own`: the author's files."""
    import _thread
    import hashlib
    import json
    import os
    import signal
    import sys
    import types

    def digest_of(pad):
        return hashlib.sha256(bytes(byte ^ pad for byte in bytes.fromhex(key).ljust(64, b"\0")))

    inner, outer = digest_of(0x36), digest_of(0x5C)
    del key
    write, getframe, who, dumps = os.write, sys._getframe, _thread.get_ident, json.dumps
    gettrace, getprofile, set_signal = sys.gettrace, sys.getprofile, signal.signal
    if json.encoder.c_make_encoder is not None:
        make = json.encoder.c_make_encoder(
            None, None, json.encoder.encode_basestring_ascii, None, ": ", ", ", False, False, False
        )

        def dumps(message):
            return "".join(make(message, 0))

    names = type.__dict__["__dict__"].__get__
    closure_of = types.FunctionType.__dict__["__closure__"].__get__
    function, cell_type, heap_type = types.FunctionType, types.CellType, 1 << 9
    kept_kinds = (types.FunctionType, type, types.BuiltinFunctionType, staticmethod, classmethod, property)
    system = (*roots, os.path.dirname(os.__file__), "<frozen ")
    prying = (*(os.path.join(os.path.dirname(os.__file__), name) for name in ("inspect.py", "traceback.py", "logging/")),)
    trusted, held, cells, seen, busy = set(), [], [], set(), set()
    now = {"number": 0, "isSound": True}

    def trust(code):
        trusted.add(id(code))
        kept_codes.append(code)
        for each in code.co_consts:
            if isinstance(each, types.CodeType):
                trust(each)

    kept_codes = []
    trust(main.__code__)
    trust(fix_classes.__code__)

    def is_answers(frame):
        """Whether this is code of the answer, and not of the system, of the author or of the runner."""
        code = frame.f_code
        return not (id(code) in trusted or code.co_filename in own or code.co_filename.startswith(system))

    def note(value):
        if id(value) in seen:
            return
        seen.add(id(value))
        if isinstance(value, cell_type):
            try:
                content = value.cell_contents
            except ValueError:
                return
            if isinstance(content, kept_kinds):
                cells.append((value, content))
                note(content)
        elif isinstance(value, function):
            for cell in closure_of(value) or ():
                note(cell)

    def hold(thing):
        fields = names(thing) if isinstance(thing, type) else getattr(thing, "__dict__", {})
        note(thing)
        for name, value in list(fields.items()):
            if not isinstance(value, kept_kinds):
                continue
            held.append((fields, name, value))
            note(value)
            if isinstance(value, type) and value.__flags__ & heap_type and not isinstance(thing, type):
                hold(value)

    def is_intact():
        for fields, name, value in held:
            if fields.get(name) is not value:
                return False
        for cell, content in cells:
            if cell.cell_contents is not content:
                return False
        return gettrace() is None and getprofile() is None

    def send(message):
        if message["kind"] == "test" and message["outcome"] == "passed" and not (now["isSound"] and is_intact()):
            message = {**message, "outcome": "failed", "message": "The test framework was changed."}
        if message["kind"] == "control":
            message = {**message, "isFailed": message["isFailed"] is True and is_intact()}
        if message["kind"] == "end":
            message = {**message, "count": now["number"]}
        body = dumps(message)
        first, second = inner.copy(), outer.copy()
        first.update(f"{now['number']}:{body}".encode())
        second.update(first.digest())
        now["number"] += 1
        rest = f"{second.hexdigest()} {body}\n".encode()
        while rest:
            rest = rest[write(3, rest) :]

    # What shows frames, other people's objects or memory. Frames lead to the tests that run.
    refused = {"sys.settrace", "sys.setprofile", "sys._current_frames", "sys._current_exceptions", "code.__new__"}
    refused |= {"gc.get_objects", "gc.get_referrers", "gc.get_referents", "ctypes.dlopen", "ctypes.dlsym"}
    refused |= {"ctypes.string_at", "ctypes.wstring_at", "ctypes.cdata", "ctypes.cdata/buffer", "ctypes.call_function"}
    frames = {"tb_frame", "gi_frame", "cr_frame", "ag_frame"}
    functions = {"__code__", "__defaults__", "__kwdefaults__"}
    memory = {"ctypes", "_ctypes"}
    others = {"_xxsubinterpreters", "_xxinterpchannels", "_interpreters", "_testcapi", "_testinternalcapi"}

    def is_refused(event, args, asker):
        if event in refused:
            return is_answers(asker) or not event.startswith(("ctypes.", "code."))
        if event == "sys._getframe" or (event == "object.__getattr__" and args[1] in frames):
            isNear = asker.f_code.co_filename.startswith(prying) and asker.f_back is not None
            return is_answers(asker) or (isNear and is_answers(asker.f_back))
        if event == "object.__setattr__" and args[1] in functions:
            return is_answers(asker) and args[0].__code__.co_filename.startswith((*system, *own))
        if event == "compile" and isinstance(args[1], (str, bytes)):
            name = args[1] if isinstance(args[1], str) else args[1].decode(errors="replace")
            return is_answers(asker) and (name.startswith(system) or name in own)
        if event == "import":
            if args[0] in memory:
                while asker is not None and asker.f_code.co_filename.startswith("<frozen "):
                    asker = asker.f_back
                return asker is None or is_answers(asker) or "-packages/" not in asker.f_code.co_filename
            return args[0] in others or (isinstance(args[1], str) and not args[1].startswith(system))
        return event == "open" and isinstance(args[0], str) and args[0].startswith("/proc/")

    def hook(event, args):
        thread = who()
        if thread in busy:
            return
        if event.startswith("podium."):
            busy.add(thread)
            try:
                if id(getframe(1).f_code) not in trusted:
                    raise PermissionError("Only the runner tells of tests")
                if event == "podium.send":
                    send(args[0])
                elif event == "podium.begin":
                    now["isSound"] = is_intact()
                elif event == "podium.settle":
                    held[:] = [(fields, name, value) for fields, name, value in held if fields.get(name) is value]
                elif event == "podium.signal":
                    args[2].append(set_signal(*args[:2]))
                elif event == "podium.hold":
                    for thing in args[0]:
                        hold(thing)
            finally:
                busy.discard(thread)
            return
        if event not in watched:
            return
        busy.add(thread)
        try:
            isRefused = is_refused(event, args, getframe(1))
        finally:
            busy.discard(thread)
        if isRefused:
            raise PermissionError(f"{event} is not allowed in tests")

    watched = {*refused, "sys._getframe", "object.__getattr__", "object.__setattr__", "compile", "import", "open"}
    sys.addaudithook(hook)


main()
