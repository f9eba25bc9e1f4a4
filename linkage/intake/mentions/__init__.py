"""Words of a text that stand for somebody, as spans: who that is, is judged elsewhere."""
