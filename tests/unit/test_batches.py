import pytest
from distributed import LocalCluster

from pipeline import batches
from pipeline.batches import map_documents, require_cluster
from pipeline.errors import PlainError
from pipeline.settings import DASK, SettingsError


def double(number: int) -> int:
    return 2 * number


@pytest.mark.parametrize("batch", [1, 3, 50])
def test_results_keep_the_order_of_the_items(batch):
    assert map_documents(double, list(range(10)), batch) == [2 * number for number in range(10)]


def test_no_documents_give_no_results():
    assert map_documents(double, []) == []


def test_an_error_of_a_document_is_the_error_of_the_run():
    with pytest.raises(ZeroDivisionError):
        map_documents(lambda number: 1 // number, [1, 0])


@pytest.mark.parametrize("address", ["", " "])
def test_an_empty_address_is_not_taken_for_none(monkeypatch, address):
    monkeypatch.setenv(DASK, address)
    with pytest.raises(SettingsError, match="BLOEMLEZING_DASK is empty; give it a value, or unset it"):
        map_documents(double, [1])


def test_a_cluster_gives_the_same(monkeypatch):
    options = {"n_workers": 2, "threads_per_worker": 1, "processes": False, "dashboard_address": None}
    with LocalCluster(**options) as cluster:
        monkeypatch.setenv(DASK, cluster.scheduler_address)
        assert map_documents(double, list(range(10)), 3) == [2 * number for number in range(10)]


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "onzin"])
def test_a_cluster_that_does_not_answer_is_named_with_the_remedy(monkeypatch, address):
    monkeypatch.setattr(batches, "PATIENCE", 1)
    monkeypatch.setenv(DASK, address)
    with pytest.raises(PlainError, match=f"BLOEMLEZING_DASK is {address}: .*; start a Dask scheduler there"):
        require_cluster()


def test_without_a_cluster_none_is_required(monkeypatch):
    monkeypatch.delenv(DASK, raising=False)
    require_cluster()
