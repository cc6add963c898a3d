"""The measuring house: what the tool and its model are worth, on data they were not tuned on."""
