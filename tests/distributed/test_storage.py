"""Catalogs in object storage: a small S3 of our own on this machine."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pddlint.__main__ import main
from pddlint.distributed import remote
from tests.distributed.compared import DEMO

PORT = 5791
KEYS = {
    "AWS_ENDPOINT_URL": f"http://127.0.0.1:{PORT}",
    "AWS_ACCESS_KEY_ID": "key",
    "AWS_SECRET_ACCESS_KEY": "secret",
    "AWS_REGION": "us-east-1",
    "AWS_DEFAULT_REGION": "us-east-1",
}


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("s3://bucket/key", "s3://bucket/key"),
        (Path("s3://bucket/key"), "s3://bucket/key"),
        (Path("gs://b"), "gs://b"),
        ("https://img.example.com/", "https://img.example.com/"),
        ("catalog/s3", ""),
        ("C:/catalog", ""),
        ("/s3:/x", ""),
    ],
)
def test_what_is_a_url(written: Path | str, url: str) -> None:
    assert remote.url_of(written) == url


def test_pictures_are_sought_only_below_what_was_named(monkeypatch: pytest.MonkeyPatch) -> None:
    there = {"s3://b/cat/img/1.jpg", "s3://b/other/2.jpg", "https://img.example.com/a/3.jpg"}
    monkeypatch.setattr(remote, "_exists", there.__contains__)
    resolver = remote.RemoteResolver("s3://b/cat", ["https://img.example.com/a"])
    refs = ("../img/1.jpg", "img/1.jpg", "../../other/2.jpg", "s3://b/other/2.jpg")
    found = [resolver.resolve(ref, "s3:/b/cat/shop") for ref in refs]
    assert found == ["s3://b/cat/img/1.jpg", "s3://b/cat/img/1.jpg", "", ""]
    assert resolver.resolve("//img.example.com/a/3.jpg", "s3:/b/cat") == "https://img.example.com/a/3.jpg"


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    pytest.importorskip("daft", reason="Daft is not installed (pip install 'pddlint[daft]')")
    pytest.importorskip("moto.server", reason="moto is not installed (pip install 'moto[server,s3]')")
    boto3 = pytest.importorskip("boto3", reason="boto3 is not installed (pip install 'moto[server,s3]')")
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    program = [sys.executable, "-m", "moto.server", "-p", str(PORT)]
    server = subprocess.Popen(program, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    client = boto3.client("s3")
    try:
        for _ in range(60):
            try:
                client.create_bucket(Bucket="shop")
                break
            except Exception:
                time.sleep(0.5)
        yield client
    finally:
        server.terminate()
        server.wait()


@pytest.mark.slow
def test_the_demo_shop_in_a_bucket(bucket: Any, capfd: pytest.CaptureFixture[str]) -> None:
    for file in DEMO.rglob("*"):
        if file.is_file():
            bucket.upload_file(str(file), "shop", f"cat/demo-shop/{file.relative_to(DEMO).as_posix()}")

    def told(*arguments: str) -> list[Any]:
        capfd.readouterr()
        assert main(["check", "--lang", "en", "--jobs", "1", "--isolated", *arguments, "--format", "json"]) == 1
        names = ("code", "message", "pointer", "document", "skus", "fingerprint")
        findings = json.loads(capfd.readouterr().out)["findings"]
        return sorted([finding[name] for name in names] for finding in findings)

    folder = ["--format", "parquet", "--output", "s3://shop/out"]
    there = told("s3://shop/cat/demo-shop", "--engine", "daft", *folder)
    assert there == told(str(DEMO), "--no-cache")
    (written,) = bucket.list_objects_v2(Bucket="shop", Prefix="out/")["Contents"]
    assert written["Key"].endswith(".parquet")
    assert main(["check", "s3://shop/cat", "--engine", "daft", *folder]) == 2  # there is something in it
    assert main(["check", "s3://shop/gone", "--engine", "daft"]) == 3
