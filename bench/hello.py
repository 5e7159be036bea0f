"""The yardstick: the least that Flask can do."""

from flask import Flask, jsonify

app = Flask(__name__)


@app.get("/hello")
def hello():
    """A small JSON answer."""
    return jsonify(message="hello")
