"""What every line of work stands on: records, states, scope, history, numbers, people, units, places, parties."""
