"""Three PostgreSQL nodes under Patroni with one etcd, on loopback.

Each node stands behind ports of its own through which the others, its clients
and itself towards etcd must go: so it can be cut off while it lives on. A cut
is silence for some seconds, then reset connections, as of a network whose
time-outs are short.

The servers refuse to run for root: they run as postgres then.
"""
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import threading
import time
import urllib.request

BIN = "/usr/lib/postgresql/%s/bin" % max(
    os.listdir("/usr/lib/postgresql"), key=int)
TTL, LOOP, RETRY = 20, 2, 5  # seconds; Patroni's least TTL


class Late(Exception):
    pass


def free_ports(n):
    held = [socket.socket() for _ in range(n)]
    for s in held:
        s.bind(("127.0.0.1", 0))
    ports = [s.getsockname()[1] for s in held]
    for s in held:
        s.close()
    return ports


class Line:
    """A port that leads to another one, until it is cut. Where nothing
    listens behind it, it refuses, as the port itself would."""

    def __init__(self, port, to):
        self.port, self.to = port, to
        self.open = threading.Event()
        self.open.set()
        self.pairs, self.lock = [], threading.Lock()
        self.listener = None
        self.is_cut = False
        threading.Thread(target=self.watch, daemon=True).start()

    def watch(self):
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.to), 2).close()
                there = not self.is_cut
            except OSError:
                there = False
            if there and self.listener is None:
                self.listen()
            elif not there:
                self.refuse()
            time.sleep(0.3)

    def listen(self):
        s = socket.socket()
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        s.bind(("127.0.0.1", self.port))
        s.listen(64)
        self.listener = s
        threading.Thread(target=self.accept, args=(s,), daemon=True).start()

    def refuse(self):
        listener, self.listener = self.listener, None
        if listener:
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()

    def accept(self, listener):
        while True:
            try:
                a, _ = listener.accept()
            except OSError:
                return
            try:
                b = socket.create_connection(("127.0.0.1", self.to), 5)
                b.settimeout(None)
            except OSError:
                a.close()
                continue
            with self.lock:
                self.pairs += [a, b]
            for x, y in ((a, b), (b, a)):
                threading.Thread(target=self.pump, args=(x, y),
                                 daemon=True).start()

    def pump(self, a, b):
        try:
            while data := a.recv(65536):
                self.open.wait()
                b.sendall(data)
        except OSError:
            pass
        for s in (a, b):
            try:
                s.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def cut(self, silence):
        self.is_cut = True
        self.open.clear()
        self.refuse()
        threading.Timer(silence, self.reset).start()

    def reset(self):
        with self.lock:
            pairs, self.pairs = self.pairs, []
        for s in pairs:
            try:
                s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                             b"\1\0\0\0\0\0\0\0")
                s.shutdown(socket.SHUT_RDWR)
                s.close()
            except OSError:
                pass
        self.open.set()

    def heal(self):
        self.is_cut = False


class Node:
    def __init__(self, cluster, name, ports):
        self.cluster, self.name = cluster, name
        self.own, self.outer, self.rest, etcd = ports
        self.folder = os.path.join(cluster.folder, name)
        os.mkdir(self.folder)
        os.chmod(self.folder, 0o700)
        cluster.give(self.folder)
        self.lines = [Line(self.outer, self.own), Line(etcd, cluster.etcd)]
        self.log = open(os.path.join(cluster.folder, name + ".log"), "wb")
        self.config = os.path.join(self.folder, "patroni.yml")
        with open(self.config, "w") as f:
            json.dump(self.settings(etcd), f)  # JSON is YAML
        cluster.give(self.config)
        self.process = None

    def settings(self, etcd):
        def who(name):
            return {"username": name, "password": "of-a-test"}
        return {
            "scope": "gp", "name": self.name,
            "restapi": {"listen": "127.0.0.1:%d" % self.rest,
                        "connect_address": "127.0.0.1:%d" % self.rest},
            # Else it would find the way around its line.
            "etcd3": {"hosts": ["127.0.0.1:%d" % etcd], "use_proxies": True},
            "bootstrap": {
                "dcs": {
                    "ttl": TTL, "loop_wait": LOOP, "retry_timeout": RETRY,
                    "synchronous_mode": True,
                    "maximum_lag_on_failover": 1 << 20,
                    "postgresql": {"use_pg_rewind": True, "parameters": {
                        "max_connections": 100, "shared_buffers": "64MB",
                        "synchronous_commit": "on", "wal_log_hints": "on",
                        "max_wal_size": "512MB", "wal_keep_size": "256MB",
                        "wal_sender_timeout": "10s"}}},
                "initdb": ["data-checksums", {"encoding": "UTF8"},
                           {"locale": "C.UTF-8"}],
                "pg_hba": ["local all all trust",
                           "host all all 127.0.0.1/32 trust",
                           "host replication all 127.0.0.1/32 trust"]},
            "postgresql": {
                "listen": "127.0.0.1:%d" % self.own,
                "connect_address": "127.0.0.1:%d" % self.outer,
                "data_dir": os.path.join(self.folder, "data"),
                "bin_dir": BIN, "pgpass": os.path.join(self.folder, "pass"),
                "authentication": {"superuser": who("postgres"),
                                   "replication": who("replicator"),
                                   "rewind": who("rewinder")},
                "parameters": {"unix_socket_directories": self.folder}},
            "watchdog": {"mode": "off"}}

    def start(self):
        self.process = self.cluster.run(["patroni", self.config], self.log)

    def kill(self):
        """kill -9 of the server and of its keeper at once."""
        self.process.kill()
        try:
            with open(os.path.join(self.folder, "data", "postmaster.pid")) as f:
                os.kill(int(f.readline()), signal.SIGKILL)
        except (OSError, ValueError):
            pass
        self.process.wait()

    def role(self):
        """primary, replica, or None where it does not say."""
        try:
            with urllib.request.urlopen(
                    "http://127.0.0.1:%d/patroni" % self.rest, timeout=3) as r:
                said = json.load(r)
        except urllib.error.HTTPError as e:
            said = json.loads(e.read() or b"{}")
        except (OSError, ValueError):
            return None
        if said.get("state") != "running":
            return None
        return {"master": "primary"}.get(said["role"], said["role"])


class Cluster:
    def __init__(self, folder):
        self.folder = folder
        self.user = pwd.getpwnam("postgres") if os.getuid() == 0 else None
        os.chmod(folder, 0o755)
        ports = free_ports(2 + 3 * 4)
        self.etcd = ports[0]
        data = os.path.join(folder, "etcd")
        os.mkdir(data)
        self.give(data)
        url = "http://127.0.0.1:%d"
        self.log = open(os.path.join(folder, "etcd.log"), "wb")
        self.keeper = self.run(
            ["etcd", "--data-dir", data, "--name", "e",
             "--listen-client-urls", url % ports[0],
             "--advertise-client-urls", url % ports[0],
             "--listen-peer-urls", url % ports[1],
             "--initial-advertise-peer-urls", url % ports[1],
             "--initial-cluster", "e=" + url % ports[1],
             "--logger", "zap"], self.log)
        self.nodes = [Node(self, "n%d" % (i + 1), ports[2 + 4 * i:6 + 4 * i])
                      for i in range(3)]

    def give(self, path):
        if self.user:
            os.chown(path, self.user.pw_uid, self.user.pw_gid)

    def run(self, argv, log):
        if self.user:
            argv = ["setpriv", "--reuid", "postgres", "--regid", "postgres",
                    "--clear-groups", "--pdeathsig", "KILL"] + argv
        env = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
        return subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=log,
                                stderr=log, cwd="/", env=env,
                                start_new_session=True)

    def is_decided(self):
        """Patroni dies of an etcd that has no cluster version yet."""
        try:
            with urllib.request.urlopen("http://127.0.0.1:%d/version" %
                                        self.etcd, timeout=3) as r:
                return "." in json.load(r)["etcdcluster"]
        except (OSError, ValueError, KeyError):
            return False

    def start(self):
        self.wait(self.is_decided, 60, "etcd")
        self.nodes[0].start()
        self.wait(lambda: self.primary() is self.nodes[0], 180, "a primary")
        for n in self.nodes[1:]:
            n.start()
        self.whole()

    def url(self, db="gp"):
        at = ",".join("127.0.0.1:%d" % n.outer for n in self.nodes)
        return ("postgresql://postgres@%s/%s?target_session_attrs=read-write"
                "&connect_timeout=5" % (at, db))

    def psql(self, sql, db="gp", seconds=60):
        """Asks whoever may be written to, as long as it takes."""
        end = time.monotonic() + seconds
        while True:
            r = subprocess.run(
                [os.path.join(BIN, "psql"), "-XAtqc", sql, self.url(db)],
                capture_output=True, text=True)
            if r.returncode == 0:
                return r.stdout.strip()
            if time.monotonic() > end:
                raise Late("%s: %s" % (sql, r.stderr.strip()))
            time.sleep(0.5)

    def primary(self):
        """The one that says so; None where none or several do."""
        said = [n for n in self.nodes if n.role() == "primary"]
        return said[0] if len(said) == 1 else None

    def synced(self):
        """A standby has all that is acknowledged: it may take over."""
        return self.psql("SELECT count(*) FROM pg_stat_replication "
                         "WHERE sync_state = 'sync'", "postgres") != "0"

    def whole(self, seconds=180):
        """Waits until all three are in, one of them a synchronous standby."""
        self.wait(lambda: self.primary() and self.synced() and
                  all(n.role() for n in self.nodes), seconds, "a whole cluster")

    @staticmethod
    def wait(what, seconds, name):
        end = time.monotonic() + seconds
        while not what():
            if time.monotonic() > end:
                raise Late("%s did not come in %d s" % (name, seconds))
            time.sleep(0.5)

    def logs(self, last=12):
        """The last lines of each, for who wants to know why."""
        for name in sorted(os.listdir(self.folder)):
            if name.endswith(".log"):
                with open(os.path.join(self.folder, name), "rb") as f:
                    for line in f.read().decode(errors="replace") \
                            .splitlines()[-last:]:
                        print("# %s: %s" % (name, line))

    def stop(self):
        for n in self.nodes:
            if n.process:
                n.kill()
        self.keeper.kill()
        shutil.rmtree(self.folder, ignore_errors=True)
