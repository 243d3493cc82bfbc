"""Talks to Vekt's kernel as Jupyter does, and as nobody should: every type of message, wrong
signatures, malformed frames, huge cells, an interrupt during a long model, restart and shutdown.

    python client.py KERNEL_NAME

Run it in the project's root with the kernel installed where Jupyter looks; .ci/test-kernel does.
"""

import base64
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import zmq
from jupyter_client import KernelManager
from jupyter_client.session import Session

DATA = "SampleData/everyday-integration-2023.csv"
# For a debug build on a busy machine.
PATIENCE = 180
checks = 0


def check(condition, sentence, found=""):
    global checks
    checks += 1
    if not condition:
        sys.exit(f"kernel: NOT TRUE: {sentence}\n{found}")


class Client:
    """A kernel and the channels to it."""

    def __init__(self, name):
        self.manager = KernelManager(kernel_name=name)
        self.errors = tempfile.TemporaryFile()
        self.manager.start_kernel(stderr=self.errors)
        self.connect()

    def connect(self):
        self.channels = self.manager.client()
        self.channels.start_channels()
        self.channels.wait_for_ready(timeout=PATIENCE)

    def reply(self, message, channel="shell"):
        """The reply to a message."""
        end = time.time() + PATIENCE
        while time.time() < end:
            try:
                answer = getattr(self.channels, f"get_{channel}_msg")(timeout=1)
            except queue.Empty:
                continue
            if answer["parent_header"].get("msg_id") == message:
                return answer
        sys.exit(f"kernel: no reply on {channel} within {PATIENCE} seconds")

    def broadcasts(self, message):
        """What all hear of a message, from busy to idle."""
        found = []
        end = time.time() + PATIENCE
        while time.time() < end:
            try:
                heard = self.channels.get_iopub_msg(timeout=1)
            except queue.Empty:
                continue
            if heard["parent_header"].get("msg_id") != message:
                continue
            found.append(heard)
            if heard["content"].get("execution_state") == "idle":
                return found
        sys.exit(f"kernel: no idle within {PATIENCE} seconds, only {found}")

    def send(self, kind, content, channel="shell"):
        """Sends a request, and gives its id."""
        message = self.channels.session.msg(kind, content)
        getattr(self.channels, f"{channel}_channel").send(message)
        return message["header"]["msg_id"]

    def ask(self, kind, content, channel="shell"):
        """The content of the reply to a request, and what all hear of it."""
        message = self.send(kind, content, channel)
        answer = self.reply(message, channel)
        check(
            answer["msg_type"] == kind.replace("_request", "_reply"),
            f"{kind} is answered by its reply", answer["msg_type"])
        heard = self.broadcasts(message)
        states = [h["content"]["execution_state"] for h in heard if h["msg_type"] == "status"]
        check(states == ["busy", "idle"], f"{kind} makes the kernel busy, then idle", states)
        return answer["content"], [h for h in heard if h["msg_type"] != "status"]

    def run(self, code, **options):
        content = {
            "code": code, "silent": False, "store_history": True, "user_expressions": {},
            "allow_stdin": False, "stop_on_error": True,
        }
        return self.ask("execute_request", content | options)

    def beats(self):
        """Whether the heart beats within a second."""
        info = self.manager.get_connection_info()
        socket = zmq.Context.instance().socket(zmq.REQ)
        socket.linger = 0
        socket.connect(f"tcp://{info['ip']}:{info['hb_port']}")
        socket.send(b"ping")
        alive = bool(socket.poll(1000)) and socket.recv() == b"ping"
        socket.close()
        return alive

    def raw(self, channel):
        """A socket to a channel, without a session."""
        info = self.manager.get_connection_info()
        socket = zmq.Context.instance().socket(zmq.DEALER)
        socket.linger = 1000
        socket.connect(f"tcp://{info['ip']}:{info[channel + '_port']}")
        return socket

    def remarks(self):
        self.errors.seek(0)
        return self.errors.read().decode()


def types(heard):
    return [h["msg_type"] for h in heard]


def every_message(client):
    info, _ = client.ask("kernel_info_request", {})
    check(info["protocol_version"].startswith("5."), "the protocol is of version 5", info)
    check(info["language_info"]["file_extension"] == ".vekt", "the language is named", info)
    check(info["implementation"] == "vekt" and "banner" in info, "the kernel is named", info)

    content, heard = client.run(f"use {DATA} --language en")
    check(content["status"] == "ok" and content["execution_count"] >= 1, "use works", content)
    check(types(heard) == ["execute_input"], "use shows nothing", types(heard))
    first = content["execution_count"]

    content, heard = client.run("tabulate general_trust --by origin --chart")
    check(content["execution_count"] == first + 1, "cells are counted", content)
    check(content["payload"] == [] and content["user_expressions"] == {}, "the reply is whole")
    shown = [h["content"]["data"] for h in heard if h["msg_type"] == "display_data"]
    check(len(shown) == 2, "a table and a chart are shown", types(heard))
    check("<table" in shown[0]["text/html"] and "<style>" in shown[0]["text/html"], "HTML has style")
    check("General trust" in shown[0]["text/plain"], "the table is there as text")
    check('style="text-align: left"' in shown[0]["text/html"], "labels need no style to stand left")
    check(shown[1]["image/svg+xml"].startswith("<svg"), "the chart is SVG")
    if shutil.which("rsvg-convert"):
        check(base64.b64decode(shown[1]["image/png"])[:4] == b"\x89PNG", "and a picture")
    else:
        check("<img src=" in shown[1]["text/html"], "and a page with it")
    check("chi" not in client.remarks(), "standard error is silent")

    with tempfile.TemporaryDirectory() as folder:
        for name, start in [("t.xlsx", b"PK"), ("t.docx", b"PK"), ("t.svg", b"<svg")]:
            path = os.path.join(folder, name)
            verb = "chart tabulate" if name.endswith("svg") else "tabulate"
            content, heard = client.run(f"{verb} general_trust --by origin --output {path}")
            said = [h["content"].get("text") for h in heard if h["msg_type"] == "stream"]
            check(said == [f"{path}: written\n"], "a cell says what it writes", said)
            with open(path, "rb") as file:
                check(file.read(len(start)) == start, "and writes it")

    content, heard = client.run("tabulate general_trst")
    check(content["status"] == "error" and content["ename"] == "UsageError", "an error is one")
    check(types(heard) == ["execute_input", "error"], "an error is heard", types(heard))
    trace = "\n".join(content["traceback"])
    check("^" * len("general_trst") in trace, "the faulty word is marked", trace)
    check("Did you mean 'general_trust'?" in trace, "there is a remedy", trace)

    before = content["execution_count"]
    content, heard = client.run("tabulate general_trust", silent=True)
    check(content["status"] == "ok" and heard == [], "a silent cell is not heard", types(heard))
    check(content["execution_count"] == before, "a silent cell is not counted", content)
    content, _ = client.run("", user_expressions={"t": "tabulate general_trust", "x": "tabulat"})
    values = content["user_expressions"]
    check("General trust" in values["t"]["data"]["text/plain"], "an expression has a value", values)
    check(values["x"]["status"] == "error", "a faulty expression is an error", values)

    code = "tabulate gen"
    content, _ = client.ask("complete_request", {"code": code, "cursor_pos": len(code)})
    check("general_trust" in content["matches"], "a variable is completed", content)
    check((content["cursor_start"], content["cursor_end"]) == (9, 12), "places are right", content)
    content, _ = client.ask("complete_request", {"code": "# 😀 æ\nwhere origin == ", "cursor_pos": 22})
    check("'no-immigrant-background'" in content["matches"], "a code is completed", content)
    check(content["cursor_start"] == 22, "places are code points", content)
    content, _ = client.ask(
        "inspect_request", {"code": "tabulate general_trust", "cursor_pos": 14, "detail_level": 0})
    check(content["found"] and "Question" in content["data"]["text/plain"], "a variable is explained")
    content, _ = client.ask("inspect_request", {"code": "zzz", "cursor_pos": 1, "detail_level": 0})
    check(content["status"] == "ok" and content["found"] is False, "the unknown is not found")

    for code, status in [
        ("tabulate trust", "complete"), ("tabulate \\", "incomplete"), ("where 'x", "invalid")
    ]:
        content, _ = client.ask("is_complete_request", {"code": code})
        check(content["status"] == status, f"{code} is {status}", content)
    content, _ = client.ask(
        "history_request", {"hist_access_type": "tail", "n": 2, "output": False, "raw": True})
    check(len(content["history"]) == 2 and len(content["history"][0]) == 3, "history", content)
    content, _ = client.ask("comm_info_request", {})
    check(content["comms"] == {}, "there are no comms", content)
    content, _ = client.ask("connect_request", {})
    check(content["shell_port"] > 0, "ports are told", content)
    message = client.send("comm_open", {"comm_id": "c", "target_name": "none", "data": {}})
    check("comm_close" in types(client.broadcasts(message)), "a comm is closed at once")
    content, _ = client.ask("nonsense_request", {})
    check(content["ename"] == "UnknownRequest", "an unknown request is an error", content)
    content, _ = client.ask("kernel_info_request", {}, "control")
    check(content["status"] == "ok", "control knows what the kernel is")
    content, _ = client.ask(
        "debug_request", {"type": "request", "seq": 1, "command": "initialize"}, "control")
    check(content["success"] is False and content["status"] == "error", "there is no debugger")
    content, _ = client.ask("interrupt_request", {}, "control")
    check(content["status"] == "ok", "an interrupt of nothing is no fault")
    check(client.beats(), "the heart beats")


def follow_ups(client):
    def cell(code, stops=True):
        return client.send("execute_request", {
            "code": code, "silent": False, "store_history": True, "user_expressions": {},
            "allow_stdin": False, "stop_on_error": stops})

    replies = [cell("tabulat x"), cell("where all"), client.send("kernel_info_request", {})]
    states = [client.reply(message)["content"]["status"] for message in replies]
    check(states == ["error", "aborted", "ok"], "cells behind a faulty one are aborted", states)
    replies = [cell("tabulat x", stops=False), cell("where all")]
    states = [client.reply(message)["content"]["status"] for message in replies]
    check(states == ["error", "ok"], "unless the client wants them all the same", states)


def misbehaviour(client):
    session = Session(key=client.manager.session.key)
    header = json.dumps(session.msg_header("kernel_info_request"), default=str).encode()
    rest = [b"{}", b"{}", b"{}"]
    signature = session.sign([header] + rest)
    for channel in ["shell", "control", "stdin"]:
        socket = client.raw(channel)
        mark = b"<IDS|MSG>"
        for frames in [
            [b""], [b"hello"], [mark], [mark, signature], [mark, signature, header],
            [mark, b"0" * 64, header] + rest, [mark, b"", header] + rest,
            [mark, signature[:10], header] + rest, [signature, header] + rest,
            [b"x"] * 500, [b"\xff\xfe", mark, b"\x00", b"\xff", b"", b"", b""],
        ] + [
            [mark, session.sign([h, p, m, c]), h, p, m, c] for h, p, m, c in [
                (b"{", b"{}", b"{}", b"{}"), (header, b"{}", b"{}", b"[1]"),
                (header, b"\xff", b"{}", b"{}"), (b"{}", b"{}", b"{}", b"{}"),
                (header, b"{}", b"{}", b"[" * 100_000), (b"7", b"7", b"7", b"7"),
            ]
        ]:
            socket.send_multipart(frames)
        check(not socket.poll(300), f"what is no message on {channel} has no answer")
        if channel == "stdin":
            continue
        socket.send_multipart([mark, signature, header] + rest + [b"a buffer"])
        check(socket.poll(5000), f"a good message on {channel} is answered after all that")
        socket.close()
    check("is not signed with the key" in client.remarks(), "a wrong signature is remarked on",
          client.remarks())
    content, _ = client.ask("execute_request", {"code": 7})
    check(content["ename"] == "BadRequest", "a cell is a text", content)
    content, _ = client.ask("complete_request", {"code": "tab", "cursor_pos": -5})
    check(content["status"] == "ok", "a cursor before the beginning is no fault", content)
    content, _ = client.ask("complete_request", {"code": "tab", "cursor_pos": 10**30})
    check(content["matches"] == ["tabulate"], "a cursor behind the end is at the end", content)
    check(client.beats(), "the heart still beats")


def huge_cells(client):
    content, _ = client.run("# " + "x" * 2_000_000 + "\ntabulate general_trust")
    check(content["status"] == "ok", "a cell of two million characters runs", content)
    content, _ = client.run("tabulate " + "y" * 200_000)
    check(content["status"] == "error", "a long word is an unknown variable")
    content, heard = client.run("x" * 20_000_000)
    check(content["ename"] == "TooLarge", "a cell of 20 MB is refused", str(content)[:300])
    content, heard = client.run("where all\n" * 5_000)
    check(content["status"] == "ok", "a cell of 5000 lines runs", content)
    content, heard = client.run("tabulate general_trust\n" * 10)
    check(len(heard) == 11, "ten tables are shown", len(heard))


LONG = "\n".join(
    ["derive z = age * 2 + 1"]
    + ["model 'discriminated ~ spline(age, 8) + education * origin * generation' --ci likelihood"]
    * 200)


def interrupts(client):
    for way in ["message", "signal"]:
        content, _ = client.run(f"use {DATA}")
        message = client.send("execute_request", {
            "code": LONG, "silent": False, "store_history": True, "user_expressions": {},
            "allow_stdin": False, "stop_on_error": True})
        waiting = client.send("execute_request", {"code": "where all", "stop_on_error": True})
        time.sleep(1.5)
        check(client.beats(), "the heart beats while a cell runs")
        control, _ = client.ask("kernel_info_request", {}, "control")
        check(control["status"] == "ok", "control answers while a cell runs")
        start = time.time()
        if way == "message":
            client.manager.interrupt_kernel()
        else:
            os.kill(client.manager.provisioner.process.pid, signal.SIGINT)
        content = client.reply(message)["content"]
        check(time.time() - start < 2, "an interrupt is answered promptly", time.time() - start)
        check(content["ename"] == "Interrupted", "the cell was interrupted", content)
        aborted = client.reply(waiting)["content"]
        check(aborted["status"] == "aborted", "cells behind it are aborted", aborted)
        content, _ = client.run("derive z = age")
        check(content["status"] == "error", "what was done before it stays done", content)
        content, heard = client.run("tabulate general_trust")
        check(content["status"] == "ok", "the kernel works on", content)
        check(types(heard) == ["execute_input", "display_data"], "and shows nothing else")


def ends(client):
    client.manager.restart_kernel(now=False)
    client.channels.stop_channels()
    client.connect()
    content, _ = client.run("tabulate general_trust")
    check("no data have been chosen" in content["evalue"], "a restart forgets", content)
    check(content["execution_count"] == 1, "and counts anew", content)
    process = client.manager.provisioner.process
    message = client.send("shutdown_request", {"restart": False}, "control")
    content = client.reply(message, "control")["content"]
    check(content == {"status": "ok", "restart": False}, "a shutdown is confirmed", content)
    process.wait(10)
    check(process.returncode == 0, "and ends well", process.returncode)
    client.channels.stop_channels()


def processes(name):
    """SIGTERM during a long cell, and the death of the parent."""
    client = Client(name)
    client.run(f"use {DATA}")
    client.send("execute_request", {"code": LONG})
    time.sleep(0.5)
    process = client.manager.provisioner.process
    process.send_signal(signal.SIGTERM)
    process.wait(10)
    check(process.returncode == 0, "SIGTERM ends the kernel", process.returncode)
    client.channels.stop_channels()

    parent = subprocess.Popen(
        [sys.executable, "-c",
         "import sys, time; from jupyter_client import KernelManager\n"
         f"m = KernelManager(kernel_name={name!r}); m.start_kernel()\n"
         "print(m.provisioner.process.pid, flush=True); time.sleep(100)"],
        stdout=subprocess.PIPE)
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    for _ in range(50):
        if not alive(pid):
            break
        time.sleep(0.2)
    check(not alive(pid), "a kernel ends with its parent")


def alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def main():
    name = sys.argv[1]
    client = Client(name)
    for part in [every_message, follow_ups, misbehaviour, huge_cells, interrupts, ends]:
        start = time.time()
        part(client)
        print(f"kernel: {part.__name__.replace('_', ' ')}: well ({time.time() - start:.1f} s)")
    processes(name)
    print(f"kernel: {checks} checks by a scripted client")


main()
