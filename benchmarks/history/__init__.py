"""What Dagster's run history costs, beside the steps themselves."""
