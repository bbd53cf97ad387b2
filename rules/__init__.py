"""The regulation: the national forms as data, the catalogue of rules, the pandera schemas."""
