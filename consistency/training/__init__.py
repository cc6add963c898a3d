"""How the shipped model is made: `recipe` reads from top to bottom. Never imported at run time."""
