"""What the rehearsal of the country is made of: a server, a simulator, workers,
and who of them used how much of the processors."""
import calendar
import json
import os
import re
import signal
import subprocess
import tempfile
import time
import urllib.parse
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
TICK = os.sysconf("SC_CLK_TCK")


def stat_of(pid):
    with open("/proc/%d/stat" % pid) as f:
        return f.read().rsplit(")", 1)[1].split()


def cpu_of(pid, children=True):
    """Seconds of a process and of the children that it has waited for."""
    try:
        f = stat_of(pid)
    except (OSError, IndexError):
        return 0.0
    return sum(int(x) for x in f[11:15 if children else 13]) / TICK


def children(pid):
    try:
        with open("/proc/%d/task/%d/children" % (pid, pid)) as f:
            return [int(x) for x in f.read().split()]
    except OSError:
        return []


def machine():
    """Seconds that the processors worked, for whomever."""
    with open("/proc/stat") as f:
        t = [int(x) for x in f.readline().split()[1:9]]
    return (sum(t) - t[3] - t[4]) / TICK


class Server:
    """A PostgreSQL of its own. Real commits; memory as for a small machine;
    checkpoints so far apart that one falls into a stretch now and then."""
    TUNED = ("-c shared_buffers=512MB -c max_wal_size=2GB"
             " -c checkpoint_timeout=5min -c max_connections=100"
             " -c work_mem=16MB -c autovacuum_naptime=10s")

    def __init__(self, root):
        self.bash = ". %s/tests/postgres.bash; " % root
        out = subprocess.run(
            ["bash", "-c", self.bash + "pg_start '%s'; echo $PG_DIR $PG_BIN"
             % self.TUNED], check=True, capture_output=True, text=True).stdout
        self.folder, self.bin = out.split()
        with open(self.folder + "/data/postmaster.pid") as f:
            self.pid = int(f.readline())

    def url(self, base="gp"):
        return "postgresql:///%s?host=%s&user=gp" % (base, self.folder)

    def sql(self, *statements, base="gp"):
        """Rows of the last one, as lists of words."""
        out = subprocess.run(
            [self.bin + "/psql", "-qAtX", "-F", "\t", "-v", "ON_ERROR_STOP=1",
             self.url(base)] + [a for s in statements for a in ("-c", s)],
            check=True, stdout=subprocess.PIPE, text=True).stdout
        return [x.split("\t") for x in out.splitlines()]

    def one(self, statement, base="gp"):
        return self.sql(statement, base=base)[0][0]

    def cpu(self):
        return cpu_of(self.pid) + sum(cpu_of(p) for p in children(self.pid))

    def stop(self):
        subprocess.run(["bash", "-c", self.bash + "PG_DIR=%s pg_stop"
                        % self.folder], check=False)


class Sim:
    """The gp-sim whose command we are."""

    def __init__(self):
        self.url = os.environ["GP_SIM_URL"]
        self.pid = os.getppid()

    def ask(self, path, **form):
        data = urllib.parse.urlencode(form).encode() if form else None
        with urllib.request.urlopen(self.url + "/_sim/" + path, data) as r:
            return r.read().decode()

    def lines(self, path):
        return [json.loads(x) for x in self.ask(path).splitlines()]

    def clock(self):
        return json.loads(self.ask("clock"))

    def run_from(self, now, speed):
        """The clock runs on from that moment (None: where it is); what a
        pipeline is to know of it: a moment, the wall's time then, the speed in
        thousandths."""
        self.ask("clock", speed=0)
        if now is not None:
            self.ask("clock", now=now)
        self.ask("clock", speed=speed)
        return {"GP_BENCH_AT": str(self.now()),
                "GP_BENCH_WALL": str(int(time.time())),
                "GP_BENCH_SPEED": str(int(speed * 1000))}

    def now(self):
        return calendar.timegm(
            time.strptime(self.clock()["now"], "%Y-%m-%dT%H:%M:%SZ"))

    def cpu(self):
        return cpu_of(self.pid)

    def memory(self):
        """Bytes, at the most so far."""
        with open("/proc/%d/status" % self.pid) as f:
            return int(re.search(r"VmHWM:\s+(\d+)", f.read())[1]) * 1024


def config(path, sim, pages, watch):
    """The config of all those pages."""
    tokens = {
        "vk": "tokens: {service: {file: %s}}"
              % os.environ["GP_SIM_VK_SERVICE"],
        "ok": "application_key: %s\n    tokens: {access: {file: %s},"
              " session: {file: %s}}"
              % tuple(os.environ["GP_SIM_OK_" + x] for x in (
                  "APPLICATION_KEY", "ACCESS", "SESSION"))}
    with open(path, "w") as f:
        f.write("zone: Europe/Moscow\n"
                "vk: {api: '%s/vk', rate: 0}\nok: {api: '%s/ok', rate: 0}\n"
                "telegram: {preview: '%s', rate: 0}\npages:\n"
                % (sim.url, sim.url, sim.url))
        for p in pages:
            f.write("  %s:\n    network: %s\n    name: %s\n    centre: r%d\n"
                    "    watch: %s\n"
                    % (p["name"], p["network"], p["page"].split(":")[1]
                       .lstrip("-"), p["region"], watch))
            if p["network"] in tokens:
                f.write("    %s\n" % tokens[p["network"]])


# Each command is timed by the shell; the pipeline's clock is the simulator's.
PIPE = r"""
printf -v GP_NOW '%%(%%Y-%%m-%%dT%%H:%%M:%%SZ)T' \
	$((GP_BENCH_AT + (EPOCHSECONDS - GP_BENCH_WALL) * GP_BENCH_SPEED / 1000))
export GP_NOW TZ=UTC
of() { TIMEFORMAT="$1 %%3U %%3S"; shift; { time "$@" 2>&3; } 2>>"$GP_BENCH_TIMES"; }
exec 3>&2
set -o pipefail
%s
"""
USUAL = ['of gp-fetch gp-fetch --pages - --stream posts --stream comments'
         ' %s --cursors "$GP_BENCH_DB"',
         # Accounts of reads that went well: two a read, 34 million a day.
         """of grep grep -Ev '^."type":"run".*"outcome":"(ok|empty)"'""",
         "of gp-redact gp-redact", "of gp-classify gp-classify",
         "of gp-route gp-route", 'of gp-store gp-store put "$GP_BENCH_DB"']


class Workers:
    """So many gp-work, until they are told to stop."""

    def __init__(self, n, folder, server, conf, env, fetch="", span="15m",
                 base="gp"):
        self.folder = tempfile.mkdtemp(dir=folder)
        self.times = self.folder + "/times"
        self.env = dict(os.environ, GP_BENCH_DB=server.url(base),
                        GP_BENCH_TIMES=self.times, **env)
        pipe = list(USUAL)
        pipe[0] = pipe[0] % fetch
        command = ["gp-work", "-v", "--db", server.url(base), "-c", conf,
                   "--lease", os.environ["LEASE"], "--min", span,
                   "--max", span, "--wait", "1s",
                   "--", "bash", "-c", PIPE % " | ".join(pipe)]
        self.log = open(self.folder + "/log", "w+")
        self.process = [subprocess.Popen(command, env=self.env,
                                         stderr=self.log) for _ in range(n)]
        self.used = self.started = 0.0

    def ready(self, server, base="gp"):
        """All have the table before them, and nothing is due."""
        while int(server.one("SELECT COUNT(*) FROM gp_worker", base=base)) < \
                len(self.process) and self.working():
            time.sleep(0.2)
        self.started = sum(cpu_of(p.pid) for p in self.process)

    def leases(self):
        """Pages, seconds and outcome of each that has ended."""
        with open(self.folder + "/log") as f:
            return [(int(m[1]), float(m[2]), m[3]) for m in re.finditer(
                r"lease \d+: (\d+) pages of \w+, ([\d.]+) s: (.*)", f.read())]

    def other_talk(self):
        with open(self.folder + "/log") as f:
            return [x for x in f if not re.match(
                r"gp-work: lease \d+: .*: exit 0$", x)]

    def working(self):
        """A process that has ended stays, for its account, until stop."""
        return any(stat_of(p.pid)[0] != "Z" for p in self.process)

    def stop(self):
        """-1: one of them had ended before, which it should not."""
        gone = not all(stat_of(p.pid)[0] != "Z" for p in self.process)
        for p in self.process:
            os.kill(p.pid, signal.SIGTERM)  # terminate() might reap it
        for p in self.process:
            used = os.wait4(p.pid, 0)[2]
            p.returncode = 0
            self.used += used.ru_utime + used.ru_stime
        self.used -= self.started
        return -1 if gone else 0

    def cpu(self):
        """Seconds by command, of the pipelines that have ended."""
        used = {}
        with open(self.times, "a+") as f:
            f.seek(0)
            for line in f:
                w = line.split()
                if len(w) == 3:
                    used[w[0]] = used.get(w[0], 0) + float(w[1]) + float(w[2])
        used["gp-work and shells"] = max(0, self.used - sum(used.values()))
        return used
