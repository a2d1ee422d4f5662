bash setup.sh
cd station

git log --oneline
bash fare.sh 3
