"""Sessions at a terminal: commands with what they print. Used by cli/run and readme/run."""
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
TIMEOUT = 110  # seconds, for one command


class Step:
    """One command: its text, the line it stands on, the lines it must print, its exit code, pieces of standard error."""

    def __init__(self, command, line):
        self.command, self.line = command, line
        self.expected, self.code, self.errors = [], 0, []


def parse(lines, first=1):
    """Steps of a session; what stands before the first command is its title."""
    steps, continues = [], False
    for number, line in enumerate(lines, first):
        if line.startswith("$ "):
            steps.append(Step(line[2:], number))
            continues = True
        elif not steps:
            continue
        elif continues and (line == ">" or line.startswith("> ")):
            steps[-1].command += "\n" + line[2:]
        else:
            continues = False
            if re.fullmatch(r"! \d+", line):
                steps[-1].code = int(line[2:])
            elif line.startswith("2> "):
                steps[-1].errors.append(line[3:])
            elif not line.startswith("# "):
                steps[-1].expected.append(line[1:] if re.match(r"\\([$>!#\\.]|2>)", line) else line)
    for step in steps:
        step.expected = strip_blank(step.expected)
    return steps


def strip_blank(lines):
    lines = [line.rstrip() for line in lines]
    while lines and not lines[-1]:
        lines.pop()
    return lines


def line_matches(pattern, line):
    return re.fullmatch(".*".join(map(re.escape, pattern.split("..."))), line) is not None


def matches(patterns, lines):
    """A line "..." stands for any lines, none too; "..." in a line for any text."""
    reachable = {0}  # numbers of lines that the patterns so far can have taken
    for pattern in patterns:
        if pattern == "...":
            reachable = set(range(min(reachable), len(lines) + 1)) if reachable else set()
        else:
            reachable = {n + 1 for n in reachable if n < len(lines) and line_matches(pattern, lines[n])}
    return len(lines) in reachable


def program():
    path = pathlib.Path(os.environ.get("KITH") or TOP / "build/dev/kith").resolve()
    if not path.exists():
        raise SystemExit(f"{path} is not there: build it first (./dev test, or set KITH)")
    return path


class Scratch:
    """An empty folder with examples/ linked into it and `kith` on the path; gone at the end."""

    def __enter__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="kith-test-"))
        self.home = self.folder / "work"
        self.home.mkdir()
        (self.folder / "bin").mkdir()
        (self.folder / "bin/kith").symlink_to(program())
        if (TOP / "examples").is_dir():
            (self.home / "examples").symlink_to(TOP / "examples")
        self.environment = dict(os.environ, PATH=f"{self.folder / 'bin'}:{os.environ['PATH']}", TOP=str(TOP), NO_COLOR="1", LC_ALL="C.UTF-8")
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)

    def copy(self, folder, to="."):
        """The files of `folder`, if there is one."""
        if folder.is_dir():
            shutil.copytree(folder, self.home / to, dirs_exist_ok=True)

    def run(self, command):
        """(exit code, standard output, standard error)"""
        try:
            done = subprocess.run(["/bin/sh", "-c", command], cwd=self.home, env=self.environment, stdin=subprocess.DEVNULL,
                                  capture_output=True, timeout=TIMEOUT)
        except subprocess.TimeoutExpired:
            return 124, "", f"still running after {TIMEOUT} s"
        return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


def show(title, lines):
    return f"  {title}:\n" + "".join(f"    {line}\n" for line in lines)
