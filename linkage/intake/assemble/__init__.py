"""What was read and judged becomes a report, with words, spans and reasons."""
