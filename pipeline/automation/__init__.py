"""When things run: the job, the daily schedule, and the sensor that notices new, changed and removed sources."""
