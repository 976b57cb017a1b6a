"""`python -m benchmarks.release`: see `benchmarks.release.cost`."""

from benchmarks.release.cost import main

main()
