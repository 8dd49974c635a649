"""Gets what the clients need, into build/clients/; what cannot be had is a reason to skip (Missing)."""
import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
TOP = HERE.parent.parent
INTO = TOP / "build" / "clients"
GEPHI = TOP / "integrations" / "gephi"
PATIENCE = 900  # seconds for one installation


class Missing(Exception):
    pass


def command(*words, **options):
    """Quiet; what fails, fails with the last thing that it said."""
    try:
        done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
                              timeout=PATIENCE, **options)
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise Missing(str(fault)) from fault
    if done.returncode:
        lines = [line for line in done.stdout.splitlines() if line.strip()] or ["no message"]
        said = next((line for line in lines if "ERROR" in line.upper()), lines[-1])
        raise Missing(f"{Path(words[0]).name} failed: {said.strip()[:200]}")
    return done.stdout


def apt_install(*packages):
    if not shutil.which("apt-get") or os.geteuid() != 0:
        raise Missing(f"{' '.join(packages)} not installed (and not root on Debian or Ubuntu)")
    print(f"installing {' '.join(packages)}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    lock = ("-qq", "-o", "DPkg::Lock::Timeout=600")
    command("apt-get", *lock, "update", env=environment)
    command("apt-get", *lock, "-y", "install", "--no-install-recommends", *packages, env=environment)


def stamp_of(*files):
    text = hashlib.sha256(sys.version.encode())
    for file in files:
        text.update(file.read_bytes())
    return text.hexdigest()


missing = {}  # why, by name: a second try would take as long as the first


def once(name, files, install):
    """Installs into build/clients/NAME unless it is there, made from these very files."""
    if name in missing:
        raise Missing(missing[name])
    try:
        return install_once(name, files, install)
    except Missing as why:
        missing[name] = str(why)
        raise


def install_once(name, files, install):
    folder, stamp = INTO / name, stamp_of(*files)
    mark = folder / "installed"
    if not (mark.exists() and mark.read_text() == stamp):
        print(f"getting what {name} needs", flush=True)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        install(folder)
        mark.write_text(stamp)
    return folder


def install_python(folder):
    try:
        command(sys.executable, "-m", "venv", folder)
    except Missing:
        apt_install("python3-venv")
        command(sys.executable, "-m", "venv", "--clear", folder)
    command(folder / "bin" / "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check", "-r", HERE / "requirements.txt")


def python():
    return once("python", [HERE / "requirements.txt"], install_python) / "bin" / "python"


NODE_FILES = [HERE / name for name in ("package.json", "package-lock.json", ".npmrc")]


def install_node(folder):
    if not shutil.which("node") or not shutil.which("npm"):
        apt_install("nodejs", "npm")
    for file in NODE_FILES:
        shutil.copy(file, folder)
    command("npm", "ci", "--ignore-scripts", "--no-progress", cwd=folder)


def node():
    return once("node", NODE_FILES, install_node)


def javac_version():
    """0: there is none."""
    if not shutil.which("javac"):
        return 0
    return int(re.search(r"\d+", command("javac", "-version"))[0])


def install_gephi(folder):
    if javac_version() < 17:
        try:
            apt_install("openjdk-17-jdk-headless")
        except Missing:
            apt_install("default-jdk-headless")
    if javac_version() < 17:
        raise Missing(f"Java 17 is needed, here is {javac_version()}")
    if not shutil.which("mvn"):
        apt_install("maven")
    command("mvn", "--quiet", "--batch-mode", "--file", GEPHI / "pom.xml", f"-Dfolder={folder}", "package")


def gephi():
    return once("gephi", [GEPHI / "pom.xml", *sorted(GEPHI.glob("src/**/*.java"))], install_gephi) / "kith-gephi.jar"
