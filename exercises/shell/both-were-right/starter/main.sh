bash setup.sh
cd bakery

git log --oneline --graph --all
