"""Waits, in a Python that is started as `python main.py` before there is a main.py, for the job of its box.

Python imports a module of this name before it looks for the program, so what comes afterwards is what always comes: the
file is found, compiled and run by Python itself, and nothing of this is in a traceback, a frame or a module. What is
told, and on which descriptors, is written in `src/pods/local/execution/warm.ts`.
"""


def _wait():
    import os
    import sys

    descriptors = {"channel": 3, "job": 4, "report": 5}

    def read(count):
        parts = []
        while count > 0:
            part = os.read(descriptors["job"], min(count, 1 << 20))
            if not part:
                # Nobody needs this interpreter any more.
                os._exit(0)
            parts.append(part)
            count -= len(part)
        return b"".join(parts)

    def write_file(body):
        length = int.from_bytes(body[:2], "big")
        path, mode, content = body[2 : 2 + length], body[2 + length], body[3 + length :]
        folder = os.path.dirname(path)
        if folder:
            os.makedirs(folder, exist_ok=True)
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o755 if mode else 0o644)
        try:
            rest = memoryview(content)
            while rest:
                rest = rest[os.write(file, rest) :]
        finally:
            os.close(file)

    def forget():
        """Leaves everything as it is in a Python that never heard of this; returns whether there is another such module."""
        here = os.environ.pop("PYTHONPATH", None)
        sys.modules.pop("sitecustomize", None)
        sys.path_importer_cache.pop(here, None)
        if here in sys.path:
            sys.path.remove(here)
        try:
            # The system may have one of its own.
            import sitecustomize
        except ImportError:
            return False
        return True

    has_another = forget()
    os.write(descriptors["report"], b"ready\n")
    job = None
    while True:
        header = read(5)
        body = read(int.from_bytes(header[1:], "big"))
        letter = header[:1]
        if letter == b"J":
            # JSON as Podium writes it, read without a module that a program of the same name could replace.
            job = eval(body.decode(), {"__builtins__": {}, "true": True, "false": False, "null": None})
        elif letter == b"F":
            write_file(body)
        elif letter == b"E":
            break
    os.close(descriptors["job"])
    os.close(descriptors["report"])
    if not job["hasChannel"]:
        try:
            os.close(descriptors["channel"])
        except OSError:
            pass
    os.environ.update(job["env"])
    argv = job["argv"]
    if argv[:2] != [sys.executable, sys.argv[0]] or any(name.startswith("PYTHON") for name in job["env"]):
        try:
            os.execvpe(argv[0], argv, os.environ)
        except OSError as error:
            os.write(2, f"{argv[0]}: {os.strerror(error.errno)}\n".encode())
            os._exit(126 if isinstance(error, PermissionError) else 127)
    sys.argv[1:] = argv[2:]
    if hasattr(sys, "orig_argv"):
        sys.orig_argv[2:] = argv[2:]
    return has_another


if not _wait():
    # For Python this says that there is no such module, which it takes without a word.
    raise ImportError(name="sitecustomize")
